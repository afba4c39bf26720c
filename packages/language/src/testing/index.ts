export { catalogueFaults, readMessages } from './read-messages.ts';
