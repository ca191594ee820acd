package dev.ablyauth.session;

import java.util.List;

/**
 * Settings of whoever names users: an issuer, a provider, an app. The same id from two of
 * them is two people, unless the settings say otherwise.
 */
interface UserSource {

	/** What is put before every id. */
	String userIdPrefix();

	/** Whether the same id from another source is the same person. */
	boolean sameUsers();

	/** Finds what is wrong, each as property and message. */
	List<String> problems(String name);

}
