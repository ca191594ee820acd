package dev.ablyauth.standin;

/**
 * Who calls Chat's REST API, and what the token allows in the room.
 *
 * @param channel the channel of the room
 * @param token the token of the call
 */
record ChatCaller(String channel, VerifiedToken token) {

	/** The clientId, without which Chat does nothing. */
	String identity() {
		String identity = this.token.credential().clientId();
		if (identity == null || identity.equals("*")) {
			throw new Refused(40161, 401, "Chat needs an identified client");
		}
		return identity;
	}

	void require(String... operations) {
		for (String operation : operations) {
			this.token.require(this.channel, operation);
		}
	}

	/**
	 * Refuses a change of a message unless all may be changed, or it is the caller's and
	 * the own ones may. Docs: updates and deletes of messages.
	 */
	void requireMay(String change, ChatMessage message) {
		String ownOnly = "message-" + change + "-own";
		boolean own = message.clientId().equals(this.token.credential().clientId());
		if (!own || !this.token.allows(this.channel, ownOnly)) {
			this.token.require(this.channel, "message-" + change + "-any");
		}
	}

}
