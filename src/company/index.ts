export type { Company, Person, Site } from './company.ts'
export { isCorporateNumber, tidyDigits } from './corporate-number.ts'
export { createCompany, createSite } from './create-company.ts'
export { findCompany, listCompanies, listPeople, listSites, saveCompany, saveSite } from './store.ts'
