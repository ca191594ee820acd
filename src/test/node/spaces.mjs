// The real Spaces SDK for the Java tests. See ProductSdk.
import spaces from '@ably/spaces';
import { serve } from './product.mjs';

// Node gets the CommonJS build of the package, and with it the class as a member.
const Spaces = spaces.default;

serve({
  wrap: (realtime) => new Spaces(realtime),
  open: (client, name) => client.get(name),
});
