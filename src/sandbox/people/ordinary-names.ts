/** First names of ordinary customers. */
export const FIRST_NAMES: readonly string[] =
  'Ada Aisha Alma Amara Anders Anika Aria Astrid Benji Bianca Björn Camila Carlos Chidi Clara Dario Dmitri Elena Elif Emeka Erik Esme Farah Felix Freya Gabriel Grace Hana Hugo Ibrahim Ines Ingrid Ivan Jasper Joana Jonas Kaito Karin Kofi Lars Leila Linnea Lucas Maja Malik Mara Mateo Mei Mikael Milena Nadia Nils Noor Olga Oscar Paula Pedro Quentin Rania Ravi Rosa Samir Sofia Stefan Tariq Tilda Tomas Uma Vera Viktor Wanda Xenia Yara Yusuf Zara Zeno'.split(
    ' ',
  );

/** Last names of ordinary customers. */
export const LAST_NAMES: readonly string[] =
  'Abara Almeida Andersson Bauer Becker Bergman Calloway Castillo Chen Costa Dahl Delgado Dubois Eriksen Farouk Ferrari Fischer Garcia Haddad Hansen Hoffmann Ibarra Ito Jansen Johansson Kaur Keller Khan Kim Kowalski Larsen Lehmann Lopez Madsen Marino Mbeki Moreau Müller Nakamura Nguyen Nielsen Novak Nyström Okafor Olsen Park Patel Petrov Quist Rahman Reyes Ricci Rossi Sato Schmidt Silva Singh Sørensen Tanaka Torres Ueda Vargas Virtanen Wagner Weber Wójcik Xu Yamada Zhang Zimmermann'.split(
    ' ',
  );
