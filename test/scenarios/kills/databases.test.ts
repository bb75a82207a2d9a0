import { expectMoments } from './expect-moments.ts';
import { staleDatabases } from './stale-shops.ts';

expectMoments('databases', staleDatabases, { share: 0.5, usual: 14 });
