/** What the server is made of, put together: database, pools, engine, ERP, web. */
@NullMarked
package dev.millrace.server.wiring;

import org.jspecify.annotations.NullMarked;
