// Builds the stylesheet, the script and the fonts into src/Rasp/wwwroot, where they are committed, so that Rasp runs
// on a machine without Node. `npm run build` writes them; `npm run check` fails where what is committed differs.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import * as esbuild from 'esbuild'
import * as sass from 'sass'

const here = dirname(fileURLToPath(import.meta.url))
const modules = join(here, 'node_modules')
const out = join(here, '../src/Rasp/wwwroot')
const font = join(modules, '@fontsource/atkinson-hyperlegible-next')

const versionOf = name => JSON.parse(readFileSync(join(modules, name, 'package.json'), 'utf8')).version

const stylesheet = () => {
  const { css } = sass.compile(join(here, 'rasp.scss'), { style: 'compressed', loadPaths: [modules], quietDeps: true })
  for (const foreign of [/GDS Transport/, /crest/, /url\((?!"?fonts\/)/, /@import/]) {
    if (foreign.test(css)) throw new Error(`rasp.css must not contain ${foreign}: own type, no crest, nothing from another host`)
  }
  return css + '\n'
}

const script = async name => {
  const { outputFiles } = await esbuild.build({
    entryPoints: [join(here, name)], bundle: true, minify: true, format: 'esm', target: 'es2020', legalComments: 'none', write: false
  })
  return outputFiles[0].text
}

const licences = () => {
  const part = (title, text) => `${title}\n${'='.repeat(title.length)}\n\n${text.trim()}\n`
  return [
    'Rasp ships these works of others, each under its own licence.\n',
    part(`govuk-frontend ${versionOf('govuk-frontend')}, in rasp.css and rasp.js`, readFileSync(join(here, 'licences/govuk-frontend.txt'), 'utf8')),
    part(`Atkinson Hyperlegible Next (@fontsource ${versionOf('@fontsource/atkinson-hyperlegible-next')}), in fonts/`, readFileSync(join(font, 'LICENSE'), 'utf8'))
  ].join('\n\n')
}

const files = new Map([
  ['rasp.css', stylesheet()],
  ['rasp.js', await script('rasp.js')],
  ['js-enabled.js', readFileSync(join(here, 'js-enabled.js'))],
  ['favicon.svg', readFileSync(join(here, 'favicon.svg'))],
  ['licences.txt', licences()]
])
for (const subset of ['latin', 'latin-ext']) {
  for (const weight of ['400', '700']) {
    // The name holds the version, since browsers keep it for a year.
    const name = `atkinson-hyperlegible-next-${versionOf('@fontsource/atkinson-hyperlegible-next')}-${subset}-${weight}.woff2`
    files.set(`fonts/${name}`, readFileSync(join(font, `files/atkinson-hyperlegible-next-${subset}-${weight}-normal.woff2`)))
  }
}

const checking = process.argv.includes('--check')
const stale = []
for (const [name, content] of files) {
  const path = join(out, name)
  const bytes = Buffer.from(content)
  if (checking) {
    let committed = null
    try { committed = readFileSync(path) } catch { /* a missing file is a stale one */ }
    if (committed === null || !bytes.equals(committed)) stale.push(name)
  } else {
    mkdirSync(dirname(path), { recursive: true })
    writeFileSync(path, bytes)
    console.log(`${name.padEnd(60)} ${String(bytes.length).padStart(7)} bytes`)
  }
}
if (stale.length > 0) {
  console.error(`Not as built: ${stale.join(', ')}. Run "npm run build" in frontend/ and commit the result.`)
  process.exit(1)
}
