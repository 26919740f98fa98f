package dev.millrace.server.stock;

import dev.millrace.erp.StockMovement;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * Something that came in or went out, as it is answered.
 *
 * @param seq counts within an item and warehouse, from 1
 * @param quantity in: above zero
 * @param sourceType of the document that moved it
 * @param journalId which booked the value
 * @param movedBy in words, for people
 */
record MovementBody(
        UUID id,
        UUID itemId,
        UUID warehouseId,
        long seq,
        BigDecimal quantity,
        BigDecimal onHandAfter,
        BigDecimal unitCost,
        BigDecimal value,
        StockMovement.Reason reason,
        Optional<String> note,
        Optional<String> sourceType,
        Optional<UUID> sourceId,
        Optional<UUID> journalId,
        String movedBy,
        Instant createdAt) {

    static MovementBody of(StockMovement movement) {
        return new MovementBody(
                movement.id(),
                movement.key().item(),
                movement.key().warehouse(),
                movement.seq(),
                movement.quantity(),
                movement.onHandAfter(),
                movement.unitCost(),
                movement.value(),
                movement.reason(),
                movement.note(),
                movement.source().map(StockMovement.Source::type),
                movement.source().map(StockMovement.Source::id),
                movement.journal(),
                movement.movedBy(),
                movement.createdAt());
    }
}
