import { type Access, type Actor, invitePerson, setUpInstallation } from '../access/index.ts'
import { day, type Instant, jstDate } from '../base/time.ts'
import { saveCompany, saveSite } from '../company/index.ts'
import { insertAddress, insertSensor, saveDevice } from '../device/index.ts'
import { savePlan, saveProof } from '../plan/index.ts'
import { newId, type Pool, type Tx, within } from '../store/index.ts'
import { fillRegister } from './register.ts'
import { type PracticeCompany, type PracticeSensor, practiceCompanies, practiceProvider } from './cast.ts'

/**
 * Fills an empty installation with the practice: one provider with two people, three small companies with people, sites,
 * plans, named devices and sensors. Called once, on the first start.
 */
export async function fillPractice(
  pools: { readonly access: Access; readonly app: Pool },
  now: Instant,
): Promise<void> {
  const { provider, person } = await setUpInstallation(
    pools.access,
    {
      providerName: practiceProvider.name,
      adminName: practiceProvider.admin.name,
      adminEmail: practiceProvider.admin.email,
      deskPhone: practiceProvider.deskPhone,
      deskHours: practiceProvider.deskHours,
      practice: true,
    },
    now,
  )
  const admin = (scope: readonly string[]): Actor => ({
    person,
    organisation: provider,
    organisationName: practiceProvider.name,
    kind: 'provider',
    role: 'admin',
    name: practiceProvider.admin.name,
    language: 'ja',
    scope,
    code: undefined,
  })
  await invitePerson(
    pools.access,
    admin([provider]),
    { organisation: provider, role: 'analyst', language: 'ja', ...practiceProvider.analyst },
    now,
  )
  await fillRegister(pools.app, admin([provider]), {
    name: practiceProvider.name,
    contact: practiceProvider.deskPhone,
    now,
  })
  for (const company of practiceCompanies) {
    const id = newId()
    await within(pools.app, { organisations: [provider, id] }, (tx) =>
      fillCompany(tx, company, { id, provider, now }),
    )
    for (const each of company.people) {
      await invitePerson(
        pools.access,
        admin([provider, id]),
        { organisation: id, language: 'ja', ...each },
        now,
      )
    }
  }
}

type Place = {
  readonly id: string
  readonly provider: string
  readonly now: Instant
}

async function fillCompany(tx: Tx, company: PracticeCompany, at: Place): Promise<void> {
  const { key: _key, site, people: _people, plan, sensors, ...facts } = company
  await saveCompany(
    tx,
    { ...facts, id: at.id, corporateNumber: null, soleProprietor: false },
    { id: newId(), provider: at.provider },
  )
  const siteId = newId()
  await saveSite(tx, { id: siteId, company: at.id, ...site })
  await savePlan(tx, {
    ...plan,
    id: newId(),
    company: at.id,
    startsOn: jstDate(at.now - 200 * day),
    explainedOn: jstDate(at.now - 214 * day),
  })
  await saveProof(tx, newId(), {
    company: at.id,
    item: 'term',
    provedAt: at.now - 214 * day,
    textJa: '書面で説明を受けました。',
    textEn: 'Explained in writing.',
  })
  for (const sensor of sensors) await fillSensor(tx, sensor, { ...at, site: siteId })
}

async function fillSensor(
  tx: Tx,
  sensor: PracticeSensor,
  at: Place & { readonly site: string },
): Promise<void> {
  const device = newId()
  await saveDevice(tx, {
    id: device,
    company: at.id,
    site: at.site,
    nickname: sensor.device.nickname,
    class: sensor.device.class,
    place: sensor.device.place,
    person: sensor.device.person ?? null,
    knownAs: sensor.device.knownAs,
  })
  const id = newId()
  await insertSensor(tx, {
    id,
    company: at.id,
    device,
    name: sensor.name,
    source: sensor.source,
    class: sensor.class,
    required: sensor.required,
    cadenceSeconds: sensor.cadenceSeconds,
    by: null,
  })
  if (sensor.way.kind === 'syslog-tcp' || sensor.way.kind === 'syslog-udp') {
    // The port is set anew at each start, when the receivers have theirs.
    await insertAddress(tx, { company: at.id, sensor: id, address: sensor.way.from, port: 1, by: null })
  }
}
