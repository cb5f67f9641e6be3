/**
 * `npm test`: every check and every test, closed by one line. The work is in `closer/`; here only the version is
 * looked at, before anything is loaded that an older Node could not even read.
 */
const [major = '0'] = process.versions.node.split('.')
if (Number(major) < 24) {
  console.error(`This is Node ${process.versions.node}; Mimamori needs 24, which npm install put beside it.`)
  console.error('Run it through npm, which finds it: npm test (or: PATH=node_modules/.bin:$PATH npm test)')
  console.log('0 passed, 1 failed, 0 skipped')
  process.exit(1)
}
const { close } = await import('./closer/close.ts')
process.exitCode = await close(process.argv.slice(2))
