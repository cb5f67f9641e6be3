export { publicationRoutes } from './publication.tsx'
