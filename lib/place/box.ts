/** Degrees, south-west and north-east corners. */
export type Box = { west: number; south: number; east: number; north: number };

const kilometresADegree = 111.19;

/** One box around a circle, or two where it crosses the antimeridian; around a pole all longitudes. */
export function boxesAround(latitude: number, longitude: number, kilometres: number): Box[] {
  const height = kilometres / kilometresADegree;
  const south = Math.max(-90, latitude - height);
  const north = Math.min(90, latitude + height);
  if (south === -90 || north === 90) return [{ west: -180, south, east: 180, north }];
  // The circle is widest nearer to the pole than its middle.
  const radians = (degrees: number) => (degrees * Math.PI) / 180;
  const reach = Math.sin(radians(height)) / Math.cos(radians(latitude));
  const width = reach >= 1 ? 180 : (Math.asin(reach) * 180) / Math.PI + 1e-6;
  if (width >= 180) return [{ west: -180, south, east: 180, north }];
  const [west, east] = [longitude - width, longitude + width];
  if (west < -180)
    return [
      { west: west + 360, south, east: 180, north },
      { west: -180, south, east, north },
    ];
  if (east > 180)
    return [
      { west, south, east: 180, north },
      { west: -180, south, east: east - 360, north },
    ];
  return [{ west, south, east, north }];
}
