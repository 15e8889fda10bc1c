/** Ids of the elements within still markup where a browser adds something: an island shows it there. */
export const yourTimePlace = "your-time";
export const sharePlace = "share-here";
