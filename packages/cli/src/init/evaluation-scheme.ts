/** The people and agencies that the evaluation preset starts with. Names of people are invented. */
export interface EvaluationPerson {
  readonly key: string;
  readonly givenName: string;
  readonly surname: string;
  readonly email: string;
  readonly agency: string;
}

export interface EvaluationAgency {
  readonly id: string;
  readonly name: string;
  readonly locality: string;
  readonly domains: readonly string[];
  readonly sponsor: string;
  readonly agent: string;
}

const person = (key: string, givenName: string, surname: string, agency: string, domain: string): EvaluationPerson => ({
  key,
  givenName,
  surname,
  email: `${givenName}.${surname}@${domain}`.toLowerCase(),
  agency,
});

export const EVALUATION_PEOPLE: readonly EvaluationPerson[] = [
  person('administrator1', 'Aroha', 'Ngata', 'ssc', 'ssc.govt.nz'),
  person('administrator2', 'Brian', 'Clarke', 'ssc', 'ssc.govt.nz'),
  person('operator1', 'Mere', 'Tahana', 'ssc', 'ssc.govt.nz'),
  person('operator2', 'Thomas', 'Fisher', 'ssc', 'ssc.govt.nz'),
  person('ssc-sponsor', 'Helen', 'Marsh', 'ssc', 'ssc.govt.nz'),
  person('ssc-agent', 'Rangi', 'Pohatu', 'ssc', 'ssc.govt.nz'),
  person('ssc-custodian', 'Peter', 'Lowe', 'ssc', 'ssc.govt.nz'),
  person('treasury-sponsor', 'Susan', 'Grant', 'treasury', 'treasury.govt.nz'),
  person('treasury-agent', 'Hemi', 'Walker', 'treasury', 'treasury.govt.nz'),
  person('treasury-custodian', 'Grace', 'Liu', 'treasury', 'treasury.govt.nz'),
  person('dpmc-sponsor', 'David', 'Reid', 'dpmc', 'dpmc.govt.nz'),
  person('dpmc-agent', 'Moana', 'Brooks', 'dpmc', 'dpmc.govt.nz'),
  person('dpmc-custodian', 'Alan', 'Hunt', 'dpmc', 'dpmc.govt.nz'),
];

export const EVALUATION_AGENCIES: readonly EvaluationAgency[] = [
  {
    id: 'treasury',
    name: 'The Treasury',
    locality: 'Wellington',
    domains: ['treasury.govt.nz'],
    sponsor: 'treasury-sponsor',
    agent: 'treasury-agent',
  },
  {
    id: 'ssc',
    name: 'State Services Commission',
    locality: 'Wellington',
    // localhost, so that servers on this machine can be tried; production never permits it.
    domains: ['ssc.govt.nz', 'localhost'],
    sponsor: 'ssc-sponsor',
    agent: 'ssc-agent',
  },
  {
    id: 'dpmc',
    name: 'Department of the Prime Minister and Cabinet',
    locality: 'Wellington',
    domains: ['dpmc.govt.nz'],
    sponsor: 'dpmc-sponsor',
    agent: 'dpmc-agent',
  },
];

export const EVALUATION_PERMITTED_DOMAINS = ['govt.nz', 'parliament.nz', 'mil.nz', 'localhost'];
