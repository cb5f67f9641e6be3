export { type Doors, makeSender, type Sender } from './doors.ts'
export {
  beatCanaries,
  canaryCompany,
  type CanaryReceiver,
  ensureCanaries,
  markCanaryClosed,
} from './canary.ts'
export {
  agreeAddress,
  changeDevice,
  createDevice,
  createSensor,
  type DeviceInput,
  endDevice,
  insertAddress,
  insertSensor,
  insertToken,
  issueToken,
  revokeCredential,
  type SensorInput,
} from './create-sensor.ts'
export {
  type Credential,
  type Device,
  type DeviceClass,
  deviceClasses,
  type HeardSensor,
  type Sensor,
} from './device.ts'
export { findSilence, openSilences } from './find-silence.ts'
export { type Hearing, hearingAfter, isLate, notHearing } from './hearing.ts'
export { type OwnerState, ownerState, type WatchedSensor, type WatchInput } from './owner-state.ts'
export { type Condition, type SensorClass } from './rhythm.ts'
export {
  canaries,
  findDevice,
  findDeviceByName,
  findSensor,
  hoursOf,
  incidentsOf,
  listCredentials,
  listDevices,
  listSensors,
  retireDevice,
  saveDevice,
  unreadableOf,
} from './store.ts'
