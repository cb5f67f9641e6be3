import { proof as en } from '../../words/en/proof.ts'
import { proof as ja } from '../../words/ja/proof.ts'
import { type Instant, jst, jstDate } from '../base/time.ts'
import { prefectureCode, prefectureName } from '../base/prefecture.ts'
import { makePdf, qrSvg } from '../document/index.ts'
import { createHash } from 'node:crypto'
import { type Facts, writeFacts } from './facts.ts'

type Words = (typeof ja)['sheet']
type Row = { readonly name: string; readonly value: string }
type Section = { readonly head: string; readonly rows: readonly Row[] }
type Lang = 'ja' | 'en'

/** The sentences of a pack under headings, the same for page and PDF. */
export function factSections(facts: Facts, lang: Lang): Section[] {
  const say = { ja, en }[lang].sheet
  return [
    { head: say.company, rows: companyRows(facts, say, lang) },
    { head: say.declaration, rows: declarationRows(facts, say, lang) },
    ...ownSections(facts, say, lang),
  ]
}

/** A date of Japan as people write it: 2026年11月24日. */
function sayDay(date: string, lang: Lang): string {
  const [year = '', month = '', day = ''] = date.split('-')
  return lang === 'ja' ? `${year}年${Number(month)}月${Number(day)}日` : date
}

function sayInstant(at: Instant, lang: Lang): string {
  const { hour, minute } = jst(at)
  return `${sayDay(jstDate(at), lang)} ${hour}:${String(minute).padStart(2, '0')}`
}

function companyRows(facts: Facts, say: Words, lang: Lang): Row[] {
  const { company } = facts
  const number = company.soleProprietor ? say.sole : (company.corporateNumber ?? say.unknown)
  return [
    { name: say.name, value: company.name },
    { name: say.number, value: number },
    {
      name: say.prefecture,
      value:
        company.prefecture === null
          ? say.unknown
          : prefectureName(prefectureCode(company.prefecture) ?? company.prefecture, lang),
    },
  ]
}

function declarationRows(facts: Facts, say: Words, lang: Lang): Row[] {
  const { declaration: it, policy } = facts
  const declared: Row[] =
    it === null
      ? [{ name: say.level, value: say.none }]
      : [
          { name: say.level, value: say.levels[it.level] },
          {
            name: say.id[it.registry],
            value: it.system === 'legacy' ? `${it.number}\n${say.legacy}` : it.number,
          },
          { name: say.registry, value: it.registryName },
          { name: say.declaredOn, value: sayDay(it.declaredOn, lang) },
          { name: say.edition, value: editionName(it.edition, say) },
        ]
  const checked = policy?.reachable === true && policy.checkedOn !== null
  return [
    ...declared,
    {
      name: say.checkedOn,
      value: facts.selfCheckOn === null ? say.unknown : sayDay(facts.selfCheckOn, lang),
    },
    {
      name: say.policy,
      value: policy === null ? say.unknown : say.policyNo(policy.number, sayDay(policy.approvedOn, lang)),
    },
    ...(policy?.url === null || policy === null
      ? []
      : [
          {
            name: say.policyUrl,
            value: `${policy.url}\n${checked ? say.policyOk(sayDay(policy.checkedOn ?? '', lang)) : say.policyNotOk}`,
          },
        ]),
  ]
}

function editionName(edition: string, say: Words): string {
  return edition === 'jou5' || edition === 'jou6' ? say.editions[edition] : say.unknown
}

function ownSections(facts: Facts, say: Words, lang: Lang): Section[] {
  const { selfCheck: check, watch, training } = facts
  const sections: Section[] = []
  if (check) {
    const marks = [
      ...(check.unknown > 0 ? [say.dontKnow(check.unknown)] : []),
      ...(check.notApplicable > 0 ? [say.na(check.notApplicable)] : []),
    ]
    sections.push({
      head: say.check,
      rows: [
        { name: say.total, value: [say.totalOf(check.total), ...marks].join(lang === 'ja' ? '、' : ', ') },
      ],
    })
  }
  if (watch) {
    const value = `${say.watched(watch.watched, watch.devices)}\n${say.notices(watch.answered, watch.notices)}`
    sections.push({ head: say.watch, rows: [{ name: say.watch, value }] })
  }
  if (training) {
    const value = say.trained(training.done, training.people)
    sections.push({ head: say.training, rows: [{ name: say.training, value }] })
  }
  return sections
}

/** The fingerprint of a pack's facts, in hexadecimal. */
export function factsHash(facts: Facts): string {
  return createHash('sha256').update(writeFacts(facts)).digest('hex')
}

/** A pack as one PDF; with its link, a code that opens the page to check it. Fault: DOCUMENT. */
export async function proofPdf(
  of: {
    readonly facts: Facts
    readonly recipient: string | undefined
    readonly expiresAt: Instant
    readonly link: string | undefined
  },
  lang: Lang,
): Promise<Uint8Array<ArrayBuffer>> {
  const { facts, link } = of
  const say = { ja, en }[lang].sheet
  const title = say.title(facts.company.name)
  return makePdf({
    template: new URL('./proof.typ', import.meta.url),
    title,
    lang,
    standard: 'ua-1',
    data: {
      head: facts.company.name,
      foot: say.foot,
      title,
      notCertified: say.notCertified,
      about: [
        ...(of.recipient === undefined ? [] : [{ name: say.for, value: of.recipient }]),
        { name: say.made, value: sayInstant(facts.at, lang) },
        { name: say.until, value: sayInstant(of.expiresAt, lang) },
      ],
      sections: factSections(facts, lang),
      checkHead: say.checkHead,
      check: link === undefined ? say.check1 : `${say.check1}\n${link}`,
      hash: `${say.hash}\n${factsHash(facts)}`,
      svg: link === undefined ? null : await qrSvg(link, { label: say.codeAlt }),
      alt: say.codeAlt,
    },
  })
}
