package dev.ablyauth.session;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InvalidClassException;
import java.io.ObjectInputFilter;
import java.io.ObjectInputStream;
import java.io.ObjectStreamClass;
import java.io.ObjectStreamField;
import java.util.List;
import java.util.stream.Stream;

/**
 * Reads Java serialization of allowed classes only, with bounds. A class is refused by
 * its name before it is looked for, and once more by the filter of the JDK.
 */
final class JavaStream extends ObjectInputStream {

	private static final int MAX_DEPTH = 20;

	private static final int MAX_REFERENCES = 10_000;

	private static final int MAX_ARRAY = 10_000;

	private JavaStream(InputStream in) throws IOException {
		super(in);
		setObjectInputFilter(JavaStream::check);
	}

	/**
	 * Reads one object.
	 * @throws SessionStoreException if it is none, or one of a class that is not allowed;
	 * names the class
	 */
	static Object value(byte[] bytes) throws SessionStoreException {
		SessionValues.checkSize(bytes);
		try (JavaStream in = new JavaStream(new ByteArrayInputStream(bytes))) {
			return in.readObject();
		}
		catch (InvalidClassException ex) {
			throw (ex.classname != null) ? SessionStoreException.ofClass(ex.classname)
					: new SessionStoreException("holds a session that is nested too deep or too large");
		}
		catch (IOException | ClassNotFoundException | RuntimeException | StackOverflowError ex) {
			throw new SessionStoreException("holds a session that is no valid Java serialization");
		}
	}

	private static ObjectInputFilter.Status check(ObjectInputFilter.FilterInfo found) {
		Class<?> type = found.serialClass();
		boolean small = found.depth() <= MAX_DEPTH && found.references() <= MAX_REFERENCES
				&& found.arrayLength() <= MAX_ARRAY && found.streamBytes() <= StoredSession.MAX_BYTES;
		return (small && (type == null || SessionClasses.isAllowed(type))) ? ObjectInputFilter.Status.ALLOWED
				: ObjectInputFilter.Status.REJECTED;
	}

	/**
	 * Takes the description of a class, or, where another version of Spring Security
	 * wrote another version number for the same fields, the description of the class
	 * here.
	 */
	@Override
	protected ObjectStreamClass readClassDescriptor() throws IOException, ClassNotFoundException {
		ObjectStreamClass written = super.readClassDescriptor();
		if (!SessionClasses.isOfSpringSecurity(written.getName())) {
			return written;
		}
		ObjectStreamClass here = ObjectStreamClass.lookup(SessionClasses.find(written.getName()));
		boolean sameClass = here != null && here.getSerialVersionUID() != written.getSerialVersionUID()
				&& fields(here).equals(fields(written));
		return sameClass ? here : written;
	}

	private static List<String> fields(ObjectStreamClass type) {
		return Stream.of(type.getFields()).map(JavaStream::field).sorted().toList();
	}

	private static String field(ObjectStreamField field) {
		return field.getName() + ":" + (field.isPrimitive() ? field.getTypeCode() : field.getTypeString());
	}

	@Override
	protected Class<?> resolveClass(ObjectStreamClass described) throws IOException, ClassNotFoundException {
		Class<?> here = described.forClass();
		return (here != null) ? here : SessionClasses.find(described.getName());
	}

	/** Proxies run code of whoever wrote them. */
	@Override
	protected Class<?> resolveProxyClass(String[] interfaces) throws IOException {
		throw new InvalidClassException("java.lang.reflect.Proxy", "is not allowed");
	}

}
