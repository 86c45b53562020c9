import JSON
import Indices
import Shards
import Testing

@testable import ElasticsearchAPI

@Suite struct WriteParametersTests {
    @Test(arguments: [("", RefreshPolicy.immediate), ("true", .immediate), ("false", .none), ("wait_for", .waitFor)])
    func refresh(_ text: String, _ policy: RefreshPolicy) throws {
        #expect(try WriteParameters(.index, QueryParameters(["refresh": text])).refresh == policy)
    }

    private static let refused: [([String: String], String)] = [
        (["refresh": "x"], "Unknown value for refresh: [x]."),
        (["op_type": "x"], "opType must be 'create' or 'index', found: [x]"),
        (["if_seq_no": "1"], "Validation Failed: 1: ifSeqNo is set, but primary term is [0];"),
        (["version_type": "x"], "No version type match [x]"),
        (
            ["version": "3"],
            "Validation Failed: 1: internal versioning can not be used for optimistic concurrency control. Please use "
                + "`if_seq_no` and `if_primary_term` instead;"
        ),
        (["version_type": "external"], "Validation Failed: 1: illegal version value [-3] for version type [EXTERNAL];"),
        (
            ["version_type": "external", "version": "1", "op_type": "create"],
            "Validation Failed: 1: create operations only support internal versioning. use index instead;"
        ),
        (
            ["version": "1", "op_type": "create"],
            "Validation Failed: 1: create operations do not support explicit versions. use index instead;"
        ),
        (
            ["version_type": "external_gte", "version": "1", "if_seq_no": "1", "if_primary_term": "1"],
            "Validation Failed: 1: compare and write operations can not use versioning;"
        ),
    ]

    @Test(arguments: refused)
    func refuses(_ parameters: [String: String], _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in try WriteParameters(.index, QueryParameters(parameters)) }
        #expect(error?.cause.reason == reason)
    }

    @Test func versionsOfTheClient() throws {
        let parameters = QueryParameters(["version": "7", "version_type": "external_gte", "routing": "r"])
        let operation = try WriteParameters(.delete, parameters).operation(index: "i", id: "1", source: [])
        #expect(operation.version == ExternalVersion(7, allowsEqual: true))
        #expect(operation.action == .delete && operation.routing == "r")
        let error = failure { () throws(ElasticsearchError) in
            try WriteParameters(.index, QueryParameters(["version": "7", "version_type": "external"]), hasID: false)
        }
        #expect(error?.cause.reason == "Validation Failed: 1: an id must be provided if version type or value are set;")
    }
}
