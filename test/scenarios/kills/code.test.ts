import { expectMoments } from './expect-moments.ts';
import { staleCode } from './stale-shops.ts';

expectMoments('code', staleCode, { share: 0.5, usual: 22 });
