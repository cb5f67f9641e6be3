import { randomUUID } from 'node:crypto'
import { lessonForms } from './lesson.ts'
import { policyForms } from './policy.ts'
import { proofForms } from './proof.ts'
import { publicationForms } from './publication.ts'
import { starForms } from './stars.ts'
import type { World } from './world.ts'

type Form = Readonly<Record<string, string>>

/**
 * What the button of each POST route sends, filled in with things of 山田製作所. A new POST route fails the walk until it
 * stands here.
 */
export function formsOf(world: World): Readonly<Record<string, Form>> {
  const { ids, otherAlert } = world
  return {
    ...openForms(),
    ...ownerForms(),
    ...alertForms(ids, otherAlert),
    ...companyForms(ids),
    ...starForms,
    ...policyForms,
    ...publicationForms(),
    ...lessonForms,
    ...proofForms,
  }
}

function openForms(): Record<string, Form> {
  return {
    '/language': { lang: 'ja', back: '/' },
    '/text': { size: 'normal', back: '/' },
    '/sign-in': { email: 'nobody@nowhere.example', to: '' },
    '/sign-in/code': { code: '000000' },
    '/sign-out': {},
    '/enter/:secret': {},
    '/first-run': {
      code: 'AAAAA-AAAAA',
      providerName: '港北',
      adminName: '小野',
      adminEmail: 'x@kohoku.example',
      deskPhone: '045-000-0000',
      deskHours: '24時間',
    },
    '/check': { number: '1234-5678-9' },
    '/n/:secret/answers': { answer: 'unplugged' },
    '/ingest/v1/:source': { line: '<13>nothing' },
  }
}

function ownerForms(): Record<string, Form> {
  return {
    '/notices/:notice/answers': { answer: 'unplugged' },
    '/devices/:device': { nickname: '取った物', place: 'ここ', person: '誰か' },
    '/devices/:device/retirement': {},
  }
}

function alertForms(ids: World['ids'], otherAlert: string): Record<string, Form> {
  return {
    '/alerts/:alert/case': {},
    '/alerts/:alert/merge': { into: otherAlert },
    '/alerts/:alert/closing': { reason: 'false-alarm', note: 'なにもない' },
    '/alerts/:alert/question': { note: '何ですか' },
    '/alerts/:alert/later': { until: '1h' },
    '/alerts/:alert/assignment': { assignee: '' },
    '/decisions/:decision/withdrawal': {},
    '/tasks/:task/outcome': { outcome: 'reached', alert: ids.alert, case: ids.case },
    '/cases/:case/notes': { text: '電話しました', forOwner: 'yes' },
    '/cases/:case/stages': { stage: 'looking', stageText: '' },
    '/cases/:case/closing': { reason: 'resolved', closingNote: '' },
    '/practice/day': {},
  }
}

function companyForms(ids: World['ids']): Record<string, Form> {
  return {
    '/holding/adoptions': { sensor: ids.sensor, peer: '127.0.0.99', port: '5514' },
    '/companies': { name: '新しい会社' },
    '/companies/:company/people': {
      name: '入りたい人',
      email: 'intruder@nowhere.example',
      role: 'owner',
      contactOrder: '1',
    },
    '/companies/:company/sites': { name: '支店', address: '' },
    '/companies/:company/devices': { nickname: '新しい機器', class: 'pc', knownAs: 'new-01' },
    '/companies/:company/sensors': {
      name: '新しい記録',
      source: 'auto',
      class: 'pc',
      required: 'yes',
      device: '',
    },
    '/companies/:company/plan': {
      kind: 'network',
      desk: '電話',
      watch: 'UTM',
      dispatch: '年2回',
      insurance: 'あり',
      networkPriceYen: '9800',
      startsOn: '2026-11-01',
      termMonths: '24',
    },
    '/sensors/:sensor/tokens': {},
    '/sensors/:sensor/addresses': { address: '198.51.100.7', port: '5514' },
    '/sensors/:sensor/credentials/:credential/end': {},
    '/rules/reload': {},
    '/staff': { name: '新しい人', email: `${randomUUID()}@nowhere.example`, role: 'analyst' },
    '/people/:person/end': {},
  }
}
