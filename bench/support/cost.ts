/** What a call cost: what Cloudflare bills for, and the round trips that its answer waited for. */
export interface Cost {
  d1Trips: number;
  rowsRead: number;
  rowsWritten: number;
  kvReads: number;
  kvWrites: number;
}
