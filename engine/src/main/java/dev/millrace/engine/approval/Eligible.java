package dev.millrace.engine.approval;

import dev.millrace.engine.Directory;
import dev.millrace.engine.Member;
import dev.millrace.engine.Tx;
import java.util.List;
import java.util.stream.Stream;

/** Who may decide a request: who is asked, but never who asks, nor those left out. */
final class Eligible {
    private Eligible() {}

    static List<Member> members(Tx tx, Directory directory, Request request) {
        Stream<Member> asked = request.requiredRole().isPresent()
                ? directory.holders(tx, request.requiredRole().get()).stream()
                : request
                        .requiredUser()
                        .flatMap(id -> directory.member(tx, id.toString()))
                        .filter(Member::active)
                        .stream();
        return asked.filter(m -> !isRequester(request, m))
                .filter(m -> !request.exclude().contains(m.id()))
                .toList();
    }

    static boolean isAsked(Request request, Member member) {
        return request.requiredRole().filter(member.roles()::contains).isPresent()
                || request.requiredUser().filter(member.id()::equals).isPresent();
    }

    static boolean isRequester(Request request, Member member) {
        return request.requester().filter(member.id()::equals).isPresent();
    }
}
