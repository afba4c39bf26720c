import type { Catalogue } from '@see/language';

/** The application of an agency, and the report on its site. */
export const membership: Catalogue = {
  'The application is entered. Another operator verifies it.':
    'Kua tāurua te tono. Mā tētahi atu kaiwhakahaere e manatoko.',
  'No agency has applied.': 'Kāore he umanga kua tono.',
  'No agency is a member yet.': 'Kāore anō he umanga kia noho hei mema.',
  'Enter an application': 'Tāuru tono mematanga',
  'An agency has asked by letter to become a member. Another operator then finds its name and identifier in a register; you cannot do both.':
    'Kua tono tētahi umanga mā te reta kia noho hei mema. Kātahi ka kimi tētahi atu kaiwhakahaere i tōna ingoa me tōna tautuhi ki tētahi rēhita; kāore e taea e koe ngā mea e rua.',
  'Name of the agency': 'Te ingoa o te umanga',
  'As it stands in the register, with macrons.': 'Pērā i tōna tū ki te rēhita, me ngā tohutō.',
  'Short name': 'Ingoa poto',
  'Small letters, digits and hyphens, like “treasury”. It stays for good.':
    'He pūriki, he mati, he tohuwehe, pērā i te “treasury”. Ka mau tonu ake.',
  'Identifier of the organisation': 'Te tautuhi o te whakahaere',
  'As certificates have it: “GOVNZ” for departments, or a scheme and a number like “NTRNZ-1234567”.':
    'Pērā i tō ngā tiwhikete: “GOVNZ” mō ngā tari, he kaupapa me tētahi tau rānei pērā i te “NTRNZ-1234567”.',
  'Its letter': 'Tōna reta',
  'By which the letter is found again.': 'Hei kimi anō i te reta.',
  'Who signed it': 'Nā wai i waitohu',
  'Name and office, like “A. Ngata, chief executive”.': 'Te ingoa me te tūranga, pērā i te “A. Ngata, tumuaki”.',
  'Day on which it was signed': 'Te rā i waitohua ai',
  'Enter the application': 'Tāurua te tono',
  'Give the name, in at most 64 characters.': 'Homai te ingoa, kia 64 rawa ngā pūāhua.',
  'Give a short name of small letters, digits and hyphens.': 'Homai he ingoa poto: he pūriki, he mati, he tohuwehe.',
  'Give the identifier of the organisation.': 'Homai te tautuhi o te whakahaere.',
  'Give the reference of the letter.': 'Homai te tohutoro o te reta.',
  'Say who signed the letter.': 'Kīia mai nā wai te reta i waitohu.',
  'The report is recorded, and certifies the site.': 'Kua mauhangatia te pūrongo, ā, e whakaū ana i te pae.',
  'Two operators now sign the activation, each with their own key on their own machine:':
    'Ka waitohua te whakahohenga e ngā kaiwhakahaere tokorua ināianei, ia tangata mā tōna ake kī, i tōna ake rorohiko:',
  'No report is on record.': 'Kāore he pūrongo kua mauhangatia.',
  'Record a report': 'Mauhanga pūrongo',
  'Its gateways get certificates; then its site is tested and an operator <a class="govuk-link" href="#reports">records the report</a>.':
    'Ka whiwhi tiwhikete ōna kūaha; kātahi ka whakamātauria tōna pae, ā, <a class="govuk-link" href="#reports">ka mauhangatia te pūrongo</a> e tētahi kaiwhakahaere.',
  'Record the report on a site': 'Mauhangatia te pūrongo mō tētahi pae',
  'The mail gateway of {0} was tested. A report on which every test has passed certifies the site for a year; two operators then make the agency a member by it. It cannot be changed or deleted.':
    'Kua whakamātauria te kūaha mēra o {0}. Mā te pūrongo kua puta katoa ngā whakamātautau e whakaū te pae mō te tau; kātahi ka meinga te umanga hei mema e ngā kaiwhakahaere tokorua mā tērā. Kāore e taea te whakarerekē, te muku rānei.',
  'The mail gateway that was tested.': 'Te kūaha mēra i whakamātauria.',
  Accreditation: 'Whakamanatanga',
  'The product is accredited in this very version': 'Kua whakamanahia te hua i tēnei putanga tonu',
  'Day of the tests': 'Te rā o ngā whakamātautau',
  'Who tested': 'Nā wai i whakamātau',
  Tests: 'Ngā whakamātautau',
  'Record the report': 'Mauhangatia te pūrongo',
  Passed: 'I puta',
  'Note on {0}, if one is needed': 'Kupu āpiti mō {0}, mehemea e hiahiatia ana',
  'Plain mail from a stranger is delivered without a warning':
    'Ka tukuna te īmēra noa a te tangata kē, kāore he whakatūpato',
  'A tagged body from a stranger is delivered with warning 4a':
    'Ka tukuna te tinana kua tūtohua a te tangata kē me te whakatūpato 4a',
  'A tagged attachment from a stranger is delivered with warning 4a':
    'Ka tukuna te āpitihanga kua tūtohua a te tangata kē me te whakatūpato 4a',
  'A tagged body with a tagged attachment from a stranger is delivered with its warnings':
    'Ka tukuna te tinana kua tūtohua me te āpitihanga kua tūtohua a te tangata kē me ōna whakatūpato',
  'A tagged plain body to a stranger is not delivered, and its sender is told 1a':
    'Kāore e tukuna te tinana noa kua tūtohua ki te tangata kē, ā, ka kīia te 1a ki te kaituku',
  'A tagged attachment to a stranger is not delivered, and its sender is told 1a':
    'Kāore e tukuna te āpitihanga kua tūtohua ki te tangata kē, ā, ka kīia te 1a ki te kaituku',
  'Mail to a site whose certificate has expired is not sent':
    'Kāore e tukuna te īmēra ki tētahi pae kua mutu tōna tiwhikete',
  'Mail to a site whose certificate is revoked is not sent':
    'Kāore e tukuna te īmēra ki tētahi pae kua whakakorea tōna tiwhikete',
  'Mail to a site whose status cannot be learned is not sent, or is sent by a logged decision':
    'Kāore e tukuna te īmēra ki tētahi pae kāore e mōhiotia tōna tūnga, ka tukuna rānei mā tētahi whakataunga kua tuhia ki te rangitaki',
  'The test mailbox answers a member with a signed and encrypted reply':
    'Ka whakautu te pouaka mēra whakamātau ki te mema mā tētahi whakautu kua waitohua, kua whakamunatia',
  'Name the product.': 'Whakaingoatia te hua.',
  'Give its version.': 'Homai tōna putanga.',
  'Only a product that is accredited in this version certifies a site.':
    'Mā te hua anake kua whakamanahia i tēnei putanga e whakaū tētahi pae.',
  'Say who tested.': 'Kīia mai nā wai i whakamātau.',
  'Say how {0} ended.': 'Kīia mai i pēhea te mutunga o {0}.',
  'Say it in 500 characters at most.': 'Kīia kia 500 rawa ngā pūāhua.',
  '{0}: correct the site, then test it again. Nothing was recorded.':
    '{0}: whakatikaina te pae, kātahi ka whakamātau anō. Kāore he mea i mauhangatia.',
};
