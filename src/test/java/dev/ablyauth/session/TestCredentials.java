package dev.ablyauth.session;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What came with a request that no browser sent.
 *
 * @param sent headers and cookies; a cookie is a header named {@code Cookie}
 * @param peer the address at the other end
 */
record TestCredentials(List<Map.Entry<String, String>> sent, String peer) implements Credentials {

	static TestCredentials none() {
		return new TestCredentials(List.of(), "127.0.0.1");
	}

	static TestCredentials bearer(String token) {
		return none().header("Authorization", "Bearer " + token);
	}

	static TestCredentials cookie(String name, String value) {
		return none().header("Cookie", name + "=" + value);
	}

	TestCredentials header(String name, String value) {
		List<Map.Entry<String, String>> more = new ArrayList<>(this.sent);
		more.add(Map.entry(name, value));
		return new TestCredentials(more, this.peer);
	}

	TestCredentials from(String otherPeer) {
		return new TestCredentials(this.sent, otherPeer);
	}

	@Override
	public Optional<String> bearer() {
		return headers("Authorization").stream()
			.filter((value) -> value.startsWith("Bearer "))
			.map((value) -> value.substring("Bearer ".length()))
			.findFirst();
	}

	@Override
	public List<String> headers(String name) {
		return this.sent.stream()
			.filter((header) -> header.getKey().equalsIgnoreCase(name))
			.map(Map.Entry::getValue)
			.toList();
	}

	@Override
	public List<String> cookies(String name) {
		return headers("Cookie").stream()
			.filter((cookie) -> cookie.startsWith(name + "="))
			.map((cookie) -> cookie.substring(name.length() + 1))
			.toList();
	}

	@Override
	public String cookieHeader() {
		return String.join("; ", headers("Cookie"));
	}

}
