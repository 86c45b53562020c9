import Inference
import MatrixKernels
import Testing

@testable import ElasticsearchAPI

@Suite struct StartDeploymentRequestTests {
    private func request(
        _ parameters: [String: String], _ body: String? = nil
    ) throws(ElasticsearchError) -> StartDeploymentRequest {
        try StartDeploymentRequest(parameters: QueryParameters(parameters), body: body.map { Array($0.utf8) })
    }

    @Test func elasticsearchsDefaults() throws {
        let request = try request([:])
        #expect(request.deploymentID == nil && request.waitsUntilStarted && request.timeout == .seconds(20))
        #expect(request.configuration == DeploymentConfiguration())
    }

    @Test func whatTheURLSays() throws {
        let request = try request([
            "deployment_id": "d", "timeout": "60s", "wait_for": "starting", "threads_per_allocation": "2",
            "number_of_allocations": "3", "queue_capacity": "10", "cache_size": "1mb", "precision": "int8",
        ])
        #expect(request.deploymentID == "d" && request.timeout == .seconds(60) && !request.waitsUntilStarted)
        #expect(
            request.configuration
                == DeploymentConfiguration(
                    allocations: 3, threads: 2, queueCapacity: 10, cacheBytes: 1 << 20, precision: .int8))
    }

    @Test func theBodyWins() throws {
        let request = try request(["number_of_allocations": "3"], #"{"number_of_allocations":4,"priority":"normal"}"#)
        #expect(request.configuration.allocations == 4)
    }

    @Test(arguments: [
        (["wait_for": "x"], "invalid [wait_for] state [x]; must be one of [starting, started, fully_allocated]"),
        (["queue_capacity": "0"], "[queue_capacity] must be a positive integer"),
        (["queue_capacity": "2000000"], "[queue_capacity] must be less than 1000000"),
        (["threads_per_allocation": "3"], "[threads_per_allocation] must be a power of 2 less than or equal to 32"),
        (["number_of_allocations": "2", "priority": "low"], "[number_of_allocations] must be 1 when [priority] is low"),
        (["timeout": "0s"], "[timeout] must be positive"),
        (
            ["deployment_id": "A"],
            "Invalid deployment_id; 'A' can contain lowercase alphanumeric (a-z and 0-9), hyphens or underscores; "
                + "must start and end with alphanumeric"
        ),
    ])
    func refuses(_ parameters: [String: String], _ violation: String) {
        let error = failure { () throws(ElasticsearchError) in try request(parameters) }
        #expect(error?.cause.type == "action_request_validation_exception")
        #expect(error?.cause.reason == "Validation Failed: 1: \(violation);")
    }

    @Test(arguments: [
        ["timeout": "1"], ["cache_size": "1"], ["priority": "high"], ["precision": "f64"], ["number_of_allocations": "x"],
    ])
    func refusesArguments(_ parameters: [String: String]) {
        let error = failure { () throws(ElasticsearchError) in try request(parameters) }
        #expect(error?.cause.type == "illegal_argument_exception")
    }

    @Test func adaptiveAllocations() throws {
        _ = try request([:], #"{"adaptive_allocations":{"enabled":false}}"#)
        let error = failure { () throws(ElasticsearchError) in
            try request([:], #"{"adaptive_allocations":{"enabled":true,"min_number_of_allocations":1}}"#)
        }
        #expect(error?.cause.reason == "[adaptive_allocations] are not supported: set [number_of_allocations]")
    }

    @Test func updates() throws {
        let body: [UInt8]? = nil
        #expect(
            try UpdateDeploymentRequest(parameters: QueryParameters(["number_of_allocations": "2"]), body: body).allocations == 2)
        #expect(
            try UpdateDeploymentRequest(parameters: QueryParameters([:]), body: Array(#"{"number_of_allocations":5}"#.utf8))
                .allocations == 5)
        for bad in [[:], ["number_of_allocations": "0"], ["number_of_allocations": "1000"]] {
            #expect(throws: ElasticsearchError.self) {
                try UpdateDeploymentRequest(parameters: QueryParameters(bad), body: body)
            }
        }
    }
}
