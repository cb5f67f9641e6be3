import type { basicsSteps as ja } from '../ja/basics-steps.ts'
import type { Alike } from '../alike.ts'

/** How to do each basic item, by class of device. */
export const basicsSteps: Alike<typeof ja> = {
  'pl.updates': {
    pc: [
      'Open Start, then Settings, then Windows Update.',
      'Press “Check for updates”, install everything it offers and restart.',
      'When it says “You’re up to date”, you are done. Look at the same page once a month.',
      'If it says Windows 10, no more updates come. Set a day for a new computer, or for taking it off the business network.',
    ],
    laptop: [
      'Plug it in and open Settings, then Windows Update, on the company’s line.',
      'Press “Check for updates”, install everything it offers and restart.',
      'For those that are always away, set one day a week to connect and update.',
    ],
    server: [
      'First make sure that there is a backup.',
      'Agree on a time when it may stop, and ask the firm that installed it to put in this month’s updates.',
      'Ask for the day its support ends and write it down.',
    ],
    nas: [
      'Open its administration page and find “Update” or “Firmware”.',
      'Install a new version if there is one; turn on automatic updates if it has them.',
    ],
    utm: [
      'Ask the firm that installed it, by telephone, when the contract ends and which version runs.',
      'Have them set a day for the new version, and agree who looks next time.',
    ],
    router: [
      'Open the address on its back (192.168.…) and press “Firmware update”.',
      'Turn on automatic updates if it has them. After six years think of a new one.',
    ],
    printer: ['Look at “Update” on its panel. If unsure, ask the firm that services it.'],
    other: ['Telephones and tablets too: Settings, then Software update, and turn on automatic updates.'],
  },
  'pl.antivirus': {
    pc: [
      'Open “Windows Security” from Start.',
      'A green mark at “Virus & threat protection” means it runs. If it is red or yellow, press it and mend it.',
      'If you use another product, write down when it expires. Never go on with an expired one.',
    ],
    server: [
      'Ask the firm that installed it whether protection runs.',
      'Where none can be installed, have them limit who may connect, and look once a month for anything unusual.',
    ],
    nas: ['Turn on its protection if it has any. If not, make sure that it cannot be reached from outside.'],
    utm: ['Look when the licences for virus protection and web filtering end.'],
    router: ['It takes no protection. Switch off what you do not use (remote administration, UPnP).'],
    printer: ['It takes no protection. Let it be reached from inside only, and watch for anything unusual.'],
    other: ['List the devices that take none, and keep them on another network than important machines.'],
  },
  'pl.passwords': {
    all: [
      'Longer than ten characters and a different one for each service. Three words joined are long and easy to remember.',
      'Add a second step (a number sent to your telephone, for example) to mail, accounting, the bank and remote access.',
      'Let a password manager remember the rest. If you write them down, lock the paper away.',
      'Change one on the day you learn that it leaked. There is no need to change them on fixed days.',
    ],
    pc: ['Give each person a name of their own; stop sharing one name and password.'],
    server: [
      'Only those who administer it use the administrator’s name, and never for daily work.',
      'Close remote desktop if you do not use it. If you do, allow it inside the VPN only.',
    ],
    nas: ['Change the “admin” password it came with. Switch off access from outside if you do not use it.'],
    utm: ['Have the passwords of the administration page and the VPN changed, with a second step.'],
    router: ['Change the administration password and the wireless key from those it came with.'],
    printer: ['Change the administration password from the one it came with.'],
  },
  'pl.shares': {
    all: [
      'Open the list of shares of your cloud and close those that “anyone with the link” may see.',
      'Look for names of people who left or moved, and remove them the same day.',
      'Set two days a year for this and put them in the calendar.',
    ],
    pc: ['In folder sharing remove what everyone may see (Everyone).'],
    server: [
      'For each shared folder write down who may see it.',
      'Ask the firm that installed it to let only those people in.',
    ],
    nas: [
      'For each shared folder decide, person by person, who reads and who writes.',
      'Switch off guest access, and access from outside if you do not use it.',
    ],
    utm: ['Ask for a printed list of what is let in from outside and close what is not needed.'],
    router: ['Look at the list of open ports and remove those not used. Keep guests’ wireless apart.'],
    printer: [
      'Go through the folders it scans to and its address book.',
      'Have what is stored inside erased before it is returned or thrown away.',
    ],
  },
  'pl.threat_news': {
    all: [
      'Open “How attacks work” in Mimamori once a month and choose one.',
      'Tell it at the morning meeting or put it on the board, in the words that stand there. Five minutes.',
      'Say with it whom to tell when something looks odd.',
      'Once a year everybody takes the lesson.',
    ],
  },
  'pl.backup': {
    all: [
      'Take: write down the three kinds of data you cannot do without and have them copied by themselves, daily or weekly.',
      'Keep: in two places, one of them not normally connected (an unplugged disk, or a cloud).',
      'Keep: several generations, such as the last one and one a month old.',
      'Restore: once a year bring one file back for real. If it works, put the day on record below.',
    ],
    pc: ['Keep important files in the company’s place (NAS or cloud), not on the computer alone.'],
    server: [
      'Ask the firm that installed it whether the whole system is copied, and write down the last day.',
    ],
    nas: [
      'Two disks in one NAS are no backup. Copy to another box or to a cloud.',
      'Turn on snapshots, which bring back older versions, if it has them.',
    ],
    utm: ['Ask the firm that installed it for a copy of the settings.'],
    router: ['Save a copy of the settings and write down where it is.'],
  },
}
