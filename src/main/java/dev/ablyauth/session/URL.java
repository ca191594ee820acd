package dev.ablyauth.session;

import java.io.Serializable;

import org.jspecify.annotations.Nullable;

/**
 * What a serialized {@code java.net.URL} is read as: its text. The real one would look
 * for a protocol handler and, when compared, for a host. The JDK takes a class with the
 * same short name and version for the one in the stream.
 */
final class URL implements Serializable {

	private static final long serialVersionUID = -7627629688361524110L;

	private final String protocol;

	private final @Nullable String authority;

	private final @Nullable String file;

	private final @Nullable String ref;

	/**
	 * Creates an address of its parts.
	 */
	URL(String protocol, @Nullable String authority, @Nullable String file, @Nullable String ref) {
		this.protocol = protocol;
		this.authority = authority;
		this.file = file;
		this.ref = ref;
	}

	private Object readResolve() {
		return toString();
	}

	/** The same text as the real one. */
	@Override
	public String toString() {
		return this.protocol + ":"
				+ ((this.authority != null && !this.authority.isEmpty()) ? "//" + this.authority : "")
				+ ((this.file != null) ? this.file : "") + ((this.ref != null) ? "#" + this.ref : "");
	}

}
