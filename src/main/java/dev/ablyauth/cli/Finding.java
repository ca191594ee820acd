package dev.ablyauth.cli;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * One thing that is worth saying about a token.
 *
 * @param code for programs, words joined by {@code -}
 * @param message for a person, one sentence
 */
record Finding(String code, String message) {

	Map<String, String> json() {
		Map<String, String> members = new LinkedHashMap<>();
		members.put("code", this.code);
		members.put("message", this.message);
		return members;
	}

}
