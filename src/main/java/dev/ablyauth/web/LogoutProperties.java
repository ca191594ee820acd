package dev.ablyauth.web;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * What becomes of sessions that have ended, and who but an issuer may say so.
 *
 * @param denyFor how long the id of such a session is denied
 * @param webhookSecrets the secrets with which the app signs its webhook, several while
 * one takes the place of another; none if there is no webhook
 */
public record LogoutProperties(@DefaultValue("24h") Duration denyFor,
		@DefaultValue List<WebhookSecretProperties> webhookSecrets) {

	private static final Duration SHORTEST = Duration.ofMinutes(1);

	private static final Duration LONGEST = Duration.ofDays(400);

	/**
	 * Tells whether the app may end sessions by a webhook.
	 * @return whether there is a secret for it
	 */
	public boolean hasWebhook() {
		return !this.webhookSecrets.isEmpty();
	}

	/**
	 * Finds what is wrong.
	 * @param name the name of these settings
	 * @return one line for each problem, with the property; never a part of a secret
	 */
	public List<String> problems(String name) {
		List<String> problems = new ArrayList<>();
		if (this.denyFor.compareTo(SHORTEST) < 0 || this.denyFor.compareTo(LONGEST) > 0) {
			problems.add(name + ".deny-for: must be from 1m to 400d");
		}
		for (int i = 0; i < this.webhookSecrets.size(); i++) {
			problems.addAll(this.webhookSecrets.get(i).problems(name + ".webhook-secrets[" + i + "]"));
		}
		return problems;
	}

}
