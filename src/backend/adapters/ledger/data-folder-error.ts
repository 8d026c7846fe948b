/** Another process works in the ledger's data folder, or the folder cannot be used. */
export class DataFolderError extends Error {
  override readonly name = 'DataFolderError';
}
