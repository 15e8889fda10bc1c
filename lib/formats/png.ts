import sharp from "sharp";

/** An SVG of our own drawing as PNG. Never for anybody else's SVG. */
export const toPng = (svg: string): Promise<Buffer> => sharp(Buffer.from(svg)).png().toBuffer();
