package dev.millrace.cli;

import dev.millrace.cli.Options.Against;
import dev.millrace.language.Catalogue;
import dev.millrace.language.CatalogueFile;

/** The catalogue of the company that a command is about. */
final class Companies {
    private static final int OK = 200;

    private Companies() {}

    /** @throws OutOfReach it cannot be had, or is none */
    static Catalogue catalogue(Against against, Terminal terminal) {
        return switch (against) {
            case Against.Server server -> ofServer(server);
            case Against.CatalogueAt at ->
                read(Source.whole(at.file(), terminal).text(), at.file());
            case Against.Shipped shipped -> CatalogueFile.shipped();
        };
    }

    private static Catalogue ofServer(Against.Server server) {
        var api = new Api(server);
        Api.Answer answer = api.get("/workflows/catalogue");
        if (answer.status() != OK) {
            throw api.refused(answer);
        }
        return read(answer.body().toString(), "the server at " + server.url());
    }

    private static Catalogue read(String json, String where) {
        return switch (CatalogueFile.read(json)) {
            case CatalogueFile.Read.Good good -> good.catalogue();
            case CatalogueFile.Read.Bad bad -> throw new OutOfReach(where + ": it is no catalogue. " + bad.message());
        };
    }
}
