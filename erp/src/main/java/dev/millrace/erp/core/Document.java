package dev.millrace.erp.core;

import dev.millrace.engine.Directory.EntityCard;
import dev.millrace.engine.Tx;
import java.util.Optional;
import java.util.UUID;

/**
 * What a module says of its documents of one type to those who decide on them. It declares what matters: the material
 * fields, whose change voids an approval.
 */
public interface Document {
    /** Empty: there is no document with this id. */
    Optional<EntityCard> card(Tx tx, UUID id);

    /**
     * An approver sent it back: makes it editable and journals that, if it waits for approval.
     *
     * @param comment what is to be changed
     * @return who is to change it; empty: it does not wait for approval, or is not there
     */
    Optional<ToChange> sentBack(Tx tx, UUID id, String comment);

    /**
     * @param requester the id of the member who asked for it
     * @param link of the document in the web app
     */
    record ToChange(String label, UUID requester, String link) {}
}
