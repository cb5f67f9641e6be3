/** Where a technician's rsyslog sends, and as whom. */
export type RsyslogTarget = {
  readonly host: string
  readonly port: number
  /** Absent where the address is agreed. */
  readonly token?: string
}

/**
 * Lines for /etc/rsyslog.d/ of a Debian machine: everything is numbered, shown with its token, kept on disk while we are
 * away, and sent in order. The numbers let us see what TCP loses when a receiver breaks down.
 */
export function rsyslogRecipe({ host, port, token }: RsyslogTarget): string {
  const shown = token === undefined ? '' : `[mimamori@32473 t=\\"${token}\\"]`
  const head = '<%PRI%>1 %TIMESTAMP:::date-rfc3339% %HOSTNAME% %APP-NAME% %PROCID% %MSGID%'
  const data = `${shown}[meta sequenceId=\\"%$.number%\\"]`
  return `# One worker, so that numbers are given in order.
main_queue(queue.workerThreads="1")
set $/sent = cnum($/sent) + 1;
# A copy that stays with the message while it waits.
set $.number = $/sent;
template(name="mimamori" type="string" string="${head} ${data} %msg:::sp-if-no-1st-sp%%msg:::drop-last-lf%\\n")
action(type="omfwd" target="${host}" port="${port}" protocol="tcp" TCP_Framing="octet-counted" template="mimamori"
  name="mimamori" queue.type="linkedList" queue.filename="mimamori" queue.size="200000" queue.maxDiskSpace="1g"
  queue.saveOnShutdown="on" action.resumeRetryCount="-1" action.resumeInterval="5")
`
}
