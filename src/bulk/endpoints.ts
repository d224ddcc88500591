import type { Endpoint } from '../http/endpoint';
import type { Context } from '../request/context';
import { exportUser } from './export/exportUser';
import { exportUsers } from './export/exportUsers';
import { importUsers } from './import/importUsers';
import { deleteManyUsers } from './many/deleteUsers';
import { updateUsers } from './many/updateUsers';

/** What is done to many users at once, and what moves them in and out. In the order of the API's description. */
export const bulkEndpoints: readonly Endpoint<Context>[] = [
  updateUsers,
  deleteManyUsers,
  importUsers,
  exportUsers,
  exportUser,
];
