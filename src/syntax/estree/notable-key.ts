/** Names of properties that may hold a credential, or send one. */
export const notableKey = /hilt|cookie|authorization|credential|token|secret|api[-_]?key/i;
