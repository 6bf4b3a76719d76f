/** The package's export map hides its own declarations; its interface is that of better-sqlite3. */
declare module 'better-sqlite3-multiple-ciphers' {
  import sqlite from 'better-sqlite3';
  export default sqlite;
}
