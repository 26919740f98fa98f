package dev.millrace.erp.message;

import static dev.millrace.erp.core.Columns.instant;

import dev.millrace.engine.Tx;
import dev.millrace.erp.MessageTemplate;
import dev.millrace.erp.MessageTemplate.Approved;
import dev.millrace.erp.MessageTemplate.Text;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.statement.StatementContext;

/** The table {@code message_templates}. */
public final class MessageTemplateRows {
    private static final String SELECT = """
            select id, name, variables, subject, body, whatsapp_name, whatsapp_language, whatsapp_parameters, version,
                   updated_by, updated_at
              from message_templates
             where tenant_id = :tenant
            """;

    // Index: message_templates_pkey.
    private static final String LIST = SELECT + " order by name";

    public List<MessageTemplate> list(Tx tx) {
        return tx.handle()
                .createQuery(LIST)
                .bind("tenant", tx.tenant())
                .map(MessageTemplateRows::template)
                .list();
    }

    // Index: message_templates_pkey.
    private static final String FIND = SELECT + " and name = :name";

    public Optional<MessageTemplate> find(Tx tx, String name) {
        return tx.handle()
                .createQuery(FIND)
                .bind("tenant", tx.tenant())
                .bind("name", name)
                .map(MessageTemplateRows::template)
                .findOne();
    }

    // Index: message_templates_pkey.
    private static final String PUT = """
            insert into message_templates (tenant_id, name, id, variables, subject, body, whatsapp_name,
                   whatsapp_language, whatsapp_parameters, updated_by)
            values (:tenant, :name, :id, :variables, :subject, :body, :whatsappName, :whatsappLanguage,
                   :whatsappParameters, :by)
                on conflict (tenant_id, name) do update
                   set variables = excluded.variables, subject = excluded.subject, body = excluded.body,
                       whatsapp_name = excluded.whatsapp_name, whatsapp_language = excluded.whatsapp_language,
                       whatsapp_parameters = excluded.whatsapp_parameters, updated_by = excluded.updated_by,
                       version = message_templates.version + 1, updated_at = millrace_now()
            """;

    /**
     * @param id of a new one; one that is there keeps its own
     */
    public void put(Tx tx, UUID id, String name, Text text, String by) {
        Optional<String[]> parameters =
                text.whatsapp().map(approved -> approved.parameters().toArray(String[]::new));
        tx.handle()
                .createUpdate(PUT)
                .registerArrayType(String.class, "text")
                .bind("tenant", tx.tenant())
                .bind("name", name)
                .bind("id", id)
                .bindArray("variables", String.class, text.variables())
                .bind("subject", text.subject())
                .bind("body", text.body())
                .bind("whatsappName", text.whatsapp().map(Approved::name))
                .bind("whatsappLanguage", text.whatsapp().map(Approved::language))
                .bind("whatsappParameters", parameters.orElse(null))
                .bind("by", by)
                .execute();
    }

    // Index: message_templates_pkey.
    private static final String DELETE = """
            delete from message_templates where tenant_id = :tenant and name = :name
            """;

    public void delete(Tx tx, String name) {
        tx.handle()
                .createUpdate(DELETE)
                .bind("tenant", tx.tenant())
                .bind("name", name)
                .execute();
    }

    private static MessageTemplate template(ResultSet row, StatementContext context) throws SQLException {
        String approved = row.getString("whatsapp_name");
        Optional<Approved> whatsapp = approved == null
                ? Optional.empty()
                : Optional.of(new Approved(
                        approved, row.getString("whatsapp_language"), texts(row.getArray("whatsapp_parameters"))));
        return new MessageTemplate(
                row.getObject("id", UUID.class),
                row.getString("name"),
                new Text(
                        texts(row.getArray("variables")),
                        Optional.ofNullable(row.getString("subject")),
                        row.getString("body"),
                        whatsapp),
                row.getInt("version"),
                row.getString("updated_by"),
                instant(row, "updated_at").orElseThrow());
    }

    private static List<String> texts(Array array) throws SQLException {
        return List.of((String[]) array.getArray());
    }
}
