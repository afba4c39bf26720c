// govuk-frontend ships no types; these are the parts that the site script uses.
declare module 'govuk-frontend' {
  interface Part {
    new (element: Element): object;
  }
  export const Button: Part;
  export const ErrorSummary: Part;
  export const NotificationBanner: Part;
  export const ServiceNavigation: Part;
  export const SkipLink: Part;
}
