// The versions that a page has, as its poll names them: KEY.VERSION for every note that was ever saved.
export const versions = (notes) =>
  [...notes]
    .filter((note) => note.version)
    .map((note) => `${note.key}.${note.version}`)
    .join(",");
