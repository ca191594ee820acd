// The real Chat SDK for the Java tests. See ProductSdk.
import { ChatClient } from '@ably/chat';
import { serve } from './product.mjs';

serve({
  wrap: (realtime) => new ChatClient(realtime, { logLevel: 'silent' }),
  open: (chat, name, options) => chat.rooms.get(name, options),
});
