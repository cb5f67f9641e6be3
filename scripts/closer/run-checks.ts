import type { Check, Finding } from './checks.ts'

/** How one check ended. */
export type Checked = Finding & { readonly name: string; readonly seconds: number }

/** Runs the checks, `atOnce` at a time, and tells each as it ends. A check that throws has failed. */
export async function runChecks(
  root: string,
  checks: readonly Check[],
  options: { atOnce: number; tell: (checked: Checked) => void },
): Promise<Checked[]> {
  const waiting = [...checks]
  const done: Checked[] = []
  const work = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const began = performance.now()
      const finding = await findings(check, root)
      const checked = { ...finding, name: check.name, seconds: (performance.now() - began) / 1000 }
      done.push(checked)
      options.tell(checked)
    }
  }
  await Promise.all(Array.from({ length: options.atOnce }, work))
  return done
}

async function findings(check: Check, root: string): Promise<Finding> {
  try {
    return await check.run(root)
  } catch (error) {
    return { problems: [`could not run: ${error instanceof Error ? error.stack : String(error)}`], note: '' }
  }
}
