import { spawn } from 'node:child_process'
import { delimiter, join } from 'node:path'

export type Ended = { readonly code: number; readonly output: string }

/** The environment of our tools: the pinned Node and the tools beside it come first. */
export function toolEnvironment(root: string): NodeJS.ProcessEnv {
  const bin = join(root, 'node_modules', '.bin')
  return { ...process.env, PATH: `${bin}${delimiter}${process.env['PATH'] ?? ''}` }
}

/** Runs a tool of `node_modules/.bin` in `root` and gives what it said; a tool that cannot start ends with code 127. */
export function runTool(root: string, tool: string, given: readonly string[]): Promise<Ended> {
  return new Promise((done) => {
    const child = spawn(join(root, 'node_modules', '.bin', tool), given, {
      cwd: root,
      env: { ...toolEnvironment(root), NO_COLOR: '1' },
      stdio: ['ignore', 'pipe', 'pipe'],
      shell: process.platform === 'win32',
    })
    let output = ''
    const keep = (bytes: Buffer) => {
      output += bytes.toString('utf8')
    }
    child.stdout.on('data', keep)
    child.stderr.on('data', keep)
    child.on('error', (error) => done({ code: 127, output: `${tool}: ${error.message}` }))
    child.on('close', (code) => done({ code: code ?? 1, output }))
  })
}
