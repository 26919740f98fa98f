package dev.millrace.testkit;

import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.Statement;
import java.util.Set;
import javax.sql.DataSource;

/** A data source with a hook between the code under test and its database: statements can be changed, held or seen. */
public final class Intercepted {
    private static final Set<String> PREPARES = Set.of("prepareStatement", "prepareCall");

    private Intercepted() {}

    /** The same connections, with every statement led through {@code hook}. */
    public static DataSource dataSource(DataSource real, SqlHook hook) {
        return proxy(DataSource.class, real, (method, arguments) -> {
            Object result = call(real, method, arguments);
            return result instanceof Connection connection ? connection(connection, hook) : result;
        });
    }

    private static Connection connection(Connection real, SqlHook hook) {
        return proxy(Connection.class, real, (method, arguments) -> {
            if (PREPARES.contains(method.getName())) {
                String sql = hook.rewrite((String) arguments[0]);
                arguments[0] = sql;
                var statement = (PreparedStatement) call(real, method, arguments);
                return statement(PreparedStatement.class, statement, sql, hook);
            }
            if (method.getName().equals("createStatement")) {
                return statement(Statement.class, (Statement) call(real, method, arguments), "", hook);
            }
            if (method.getName().equals("commit")) {
                hook.beforeCommit();
            }
            return call(real, method, arguments);
        });
    }

    private static <S extends Statement> S statement(Class<S> type, S real, String prepared, SqlHook hook) {
        return proxy(type, real, (method, arguments) -> {
            if (method.getName().startsWith("execute")) {
                if (arguments.length > 0 && arguments[0] instanceof String sql) {
                    arguments[0] = hook.rewrite(sql);
                    hook.before((String) arguments[0]);
                } else {
                    hook.before(prepared);
                }
            }
            return call(real, method, arguments);
        });
    }

    private interface Call {
        Object on(Method method, Object[] arguments) throws Throwable;
    }

    private static <T> T proxy(Class<T> type, T real, Call call) {
        return type.cast(Proxy.newProxyInstance(
                Intercepted.class.getClassLoader(),
                new Class<?>[] {type},
                (self, method, arguments) -> method.getDeclaringClass() == Object.class
                        ? call(real, method, arguments)
                        : call.on(method, arguments == null ? new Object[0] : arguments)));
    }

    private static Object call(Object real, Method method, Object[] arguments) throws Throwable {
        try {
            return method.invoke(real, arguments);
        } catch (InvocationTargetException e) {
            throw e.getCause();
        }
    }
}
