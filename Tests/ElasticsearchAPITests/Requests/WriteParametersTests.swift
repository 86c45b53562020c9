import JSON
import Indices
import Testing

@testable import ElasticsearchAPI

@Suite struct WriteParametersTests {
    @Test(arguments: [("", RefreshPolicy.immediate), ("true", .immediate), ("false", .none), ("wait_for", .waitFor)])
    func refresh(_ text: String, _ policy: RefreshPolicy) throws {
        #expect(try WriteParameters(QueryParameters(["refresh": text])).refresh == policy)
    }

    @Test(arguments: [
        (["refresh": "x"], "Unknown value for refresh: [x]."),
        (["op_type": "x"], "opType must be 'create' or 'index', found: [x]"),
        (["if_seq_no": "1"], "Validation Failed: 1: ifSeqNo is set, but primary term is [0];"),
    ])
    func refuses(_ parameters: [String: String], _ reason: String) {
        let error = failure { () throws(ElasticsearchError) in try WriteParameters(QueryParameters(parameters)) }
        #expect(error?.cause.reason == reason)
    }
}
