import type { Finding } from './checks.ts'
import type { Ended } from './run-command.ts'

type Diagnostic = {
  readonly message: string
  /** `eslint(max-params)`; absent for what is no rule. */
  readonly code?: string
  readonly help?: string
  readonly filename: string
  readonly labels: readonly { readonly span: { readonly line: number } }[]
}

type Report = {
  readonly diagnostics: readonly Diagnostic[]
  readonly number_of_files: number
  readonly number_of_rules: number
}

/** What oxlint found, from its JSON; no report, or one over 0 files, is a problem. */
export function lintFinding({ code, output }: Ended): Finding {
  const report = readReport(output)
  if (!report) return { problems: [output.trim() || `oxlint ended with code ${code}`], note: '' }
  const problems = report.diagnostics.map(problemOf)
  if (report.number_of_files === 0) problems.push('oxlint read 0 files')
  if (code !== 0 && problems.length === 0) problems.push(`oxlint ended with code ${code}`)
  return { problems, note: `${report.number_of_files} files, ${report.number_of_rules} rules` }
}

function readReport(output: string): Report | undefined {
  try {
    return JSON.parse(output) as Report
  } catch {
    return undefined
  }
}

/** A forbidden import says its reason as help; of other rules the message is enough. */
function problemOf({ filename, labels, code = '', message, help = '' }: Diagnostic): string {
  const rule = code.replace(/^.*\((.*)\)$/, '$1')
  const told = rule === 'no-restricted-imports' ? `${message} ${help}` : message
  return `${filename}:${labels[0]?.span.line ?? 1}: ${rule}: ${told}`
}
