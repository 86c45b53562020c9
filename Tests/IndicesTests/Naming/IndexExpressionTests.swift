import Analysis
import JSON
import Mapping
import Testing
import TestSupport

@testable import Indices

@Suite struct IndexExpressionTests {
    private static let now: Int64 = 1_700_000_000_000

    /// An index that is only a name.
    private static func slot(
        _ name: String, settings: [String: SettingValue] = [:], isClosed: Bool = false, aliases: [String: AliasMetadata] = [:]
    ) throws -> IndexSlot {
        var metadata = IndexMetadata(name: name, settings: try IndexSettings(settings), mapping: Mapping(), aliases: aliases)
        metadata.isClosed = isClosed
        return IndexSlot(IndexRecord(metadata, path: "/nowhere"), .closed)
    }

    private func names() throws -> IndexNames {
        var names = IndexNames()
        names["logs-1"] = try Self.slot("logs-1", aliases: ["all-logs": AliasMetadata(), "secret": AliasMetadata(isHidden: true)])
        names["logs-2"] = try Self.slot("logs-2", aliases: ["all-logs": AliasMetadata()])
        names["pictures"] = try Self.slot("pictures")
        names["closed"] = try Self.slot("closed", isClosed: true)
        names[".hidden"] = try Self.slot(".hidden", settings: ["index.hidden": "true"])
        return names
    }

    @Test(arguments: [
        ([], ["all-logs", "logs-1", "logs-2", "pictures"]),
        (["_all"], ["all-logs", "logs-1", "logs-2", "pictures"]),
        (["pictures", "logs-1"], ["pictures", "logs-1"]),
        (["logs-*"], ["logs-1", "logs-2"]),
        (["*", "-logs-*", "-all*"], ["pictures"]),
        (["pictures", "p*"], ["pictures"]),
        (["absent-*"], []),
        (["all-logs"], ["all-logs"]),
        ([".h*"], [".hidden"]),
        (["closed"], ["closed"]),
        (["secret"], ["secret"]),
        (["se*"], []),
    ] as [([String], [String])])
    func resolves(_ patterns: [String], _ expected: [String]) throws {
        #expect(try IndexExpression(patterns).resolve(among: names(), now: Self.now) == expected)
    }

    @Test func patternsStandForWhatIsAskedFor() throws {
        let closed = IndexExpression(["*"], expansion: .closed, takesAliases: false)
        #expect(try closed.resolve(among: names(), now: Self.now) == ["closed"])
        let all = IndexExpression(["*"], expansion: .all, takesAliases: false)
        #expect(try all.resolve(among: names(), now: Self.now) == [".hidden", "closed", "logs-1", "logs-2", "pictures"])
    }

    @Test func missingNamesAreRefusedUnlessIgnored() throws {
        #expect(thrownCase { try IndexExpression(["absent"]).resolve(among: names(), now: Self.now) } == "indexNotFound")
        let lenient = IndexExpression(["absent", "pictures"], ignoresUnavailable: true)
        #expect(try lenient.resolve(among: names(), now: Self.now) == ["pictures"])
    }

    @Test func nothingIsRefusedIfAsked() {
        #expect(thrownCase {
            try IndexExpression(["absent-*"], allowsNone: false).resolve(among: names(), now: Self.now)
        } == "indexNotFound")
    }

    @Test func aliasesAreRefusedWhereOnlyIndicesStand() {
        #expect {
            try IndexExpression(["all-logs"], takesAliases: false).resolve(among: names(), now: Self.now)
        } throws: {
            if case IndicesError.aliasesNotExpected("all-logs") = $0 { true } else { false }
        }
    }

    @Test func writesGoToOneIndex() throws {
        var names = try names()
        #expect(thrownCase { try names.writeTarget(of: "all-logs") } == "noWriteIndex")
        #expect(try names.writeTarget(of: "secret")?.name == "logs-1")
        #expect(try names.writeTarget(of: "absent") == nil)
        names["logs-3"] = try Self.slot("logs-3", aliases: ["all-logs": AliasMetadata(isWriteIndex: true)])
        #expect(try names.writeTarget(of: "all-logs")?.name == "logs-3")
        names["alone"] = try Self.slot("alone", aliases: ["read-only": AliasMetadata(isWriteIndex: false)])
        #expect(thrownCase { try names.writeTarget(of: "read-only") } == "noWriteIndex")
    }
}
