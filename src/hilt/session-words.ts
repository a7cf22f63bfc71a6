/** Words of code that sends a session along: the names of headers, options and files that carry cookies and bearer tokens. */
export const sessionWords = /credentials|cookie|authorization|bearer|storageState|\bjar\b/i;
