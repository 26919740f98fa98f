package dev.millrace.server.order;

import dev.millrace.engine.Engine;
import dev.millrace.erp.Erp;
import dev.millrace.erp.Item;
import dev.millrace.erp.Masters;
import dev.millrace.server.request.Listing;
import dev.millrace.server.request.Page;
import dev.millrace.server.security.Caller;
import dev.millrace.server.security.Needs;
import java.util.UUID;
import org.springdoc.core.annotations.ParameterObject;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What the company buys, keeps and sells, by code. */
@RestController
@RequestMapping("/api/v1/items")
public class ItemEndpoint {
    private final Engine engine;
    private final Masters masters;

    public ItemEndpoint(Engine engine, Erp erp) {
        this.engine = engine;
        this.masters = erp.masters();
    }

    /** Rates and costs are texts, in percent and in the company's currency. */
    record ItemBody(
            UUID id,
            String code,
            String name,
            String hsnSac,
            boolean isService,
            String uqc,
            String gstRate,
            String standardCost,
            boolean active) {
        static ItemBody of(Item item) {
            return new ItemBody(
                    item.id(),
                    item.code(),
                    item.name(),
                    item.hsnSac(),
                    item.isService(),
                    item.uqc(),
                    item.gstRate().toPlainString(),
                    item.standardCost().toPlainString(),
                    item.active());
        }
    }

    @Needs({"erp:read:inventory", "erp:read:procurement"})
    @GetMapping
    Listing<ItemBody> list(Caller caller, @ParameterObject Page page) {
        return engine.run(
                caller.tenant(),
                tx -> Listing.of(
                        masters.items(tx, page.afterText().orElse(""), page.fetch()), page, Item::code, ItemBody::of));
    }
}
