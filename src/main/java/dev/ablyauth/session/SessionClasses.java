package dev.ablyauth.session;

import java.io.InvalidClassException;
import java.util.List;
import java.util.Map;

/**
 * The classes that a session may hold in Java serialization: those of Spring Security
 * that say who is signed in, and plain values of the JDK. Two classes are read as inert
 * look-alikes: a URL, which could go out to the network, and a class of a library that
 * this server does not have.
 */
final class SessionClasses {

	private static final String SECURITY = "org.springframework.security.";

	/** All below these packages. */
	private static final List<String> SPRING_SECURITY = List.of(SECURITY + "core.", SECURITY + "authentication.",
			SECURITY + "web.authentication.", SECURITY + "oauth2.core.");

	/** In these packages, none below. */
	private static final List<String> JDK = List.of("java.lang.", "java.util.", "java.time.");

	private static final Map<String, Class<?>> LOOK_ALIKES = Map.of("java.net.URL", URL.class,
			SECURITY + "oauth2.client.authentication.OAuth2AuthenticationToken", OAuth2AuthenticationToken.class);

	private SessionClasses() {
	}

	/**
	 * Finds the class that an object is made of.
	 * @param name as the stream says it
	 * @return the class, not initialized
	 * @throws InvalidClassException if it is not allowed, or this server does not have it
	 */
	static Class<?> find(String name) throws InvalidClassException {
		Class<?> lookAlike = LOOK_ALIKES.get(name);
		if (lookAlike != null) {
			return lookAlike;
		}
		if (!isAllowed(name)) {
			throw new InvalidClassException(item(name), "is not allowed");
		}
		try {
			return Class.forName(name, false, SessionClasses.class.getClassLoader());
		}
		catch (ClassNotFoundException | LinkageError ex) {
			throw new InvalidClassException(name, "is not there");
		}
	}

	/** Whether other versions of it may be read where they have the same fields. */
	static boolean isOfSpringSecurity(String name) {
		return SPRING_SECURITY.stream().anyMatch(name::startsWith) || LOOK_ALIKES.containsKey(name);
	}

	static boolean isAllowed(Class<?> type) {
		return type.isPrimitive() || LOOK_ALIKES.containsValue(type) || isAllowed(type.getName());
	}

	private static boolean isAllowed(String name) {
		String item = item(name);
		return item.isEmpty() || SPRING_SECURITY.stream().anyMatch(item::startsWith)
				|| JDK.stream().anyMatch((start) -> item.startsWith(start) && item.indexOf('.', start.length()) < 0);
	}

	/** Of an array, what is in it; nothing if that is no class. */
	private static String item(String name) {
		if (!name.startsWith("[")) {
			return name;
		}
		String item = name.replaceFirst("^\\[+", "");
		return item.matches("L.+;") ? item.substring(1, item.length() - 1) : item.replaceFirst("^[ZBCSIJFD]$", "");
	}

}
