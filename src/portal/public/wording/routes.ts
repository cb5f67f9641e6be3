export { wordingRoutes } from './wording.tsx'
