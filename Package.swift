// swift-tools-version: 6.1
import PackageDescription

/// Applied to every Swift target: Swift 6 language mode comes from the tools version; leaks between layers show up as
/// `public import` in review, and a warning stops the build.
let strict: [SwiftSetting] = [
    .enableUpcomingFeature("InternalImportsByDefault"),
    .enableUpcomingFeature("MemberImportVisibility"),
    .enableUpcomingFeature("ExistentialAny"),
    .unsafeFlags(["-warnings-as-errors"]),
]

/// Optimised in debug builds too: an unoptimised distance kernel makes the test suite unbearably slow.
let kernelFlags: [CSetting] = [.unsafeFlags(["-O3", "-Wall", "-Wextra", "-Werror"])]

let log: Target.Dependency = .product(name: "Logging", package: "swift-log")
let hummingbird: Target.Dependency = .product(name: "Hummingbird", package: "hummingbird")
let hummingbirdCore: Target.Dependency = .product(name: "HummingbirdCore", package: "hummingbird")
let hummingbirdTLS: Target.Dependency = .product(name: "HummingbirdTLS", package: "hummingbird")
let argumentParser: Target.Dependency = .product(name: "ArgumentParser", package: "swift-argument-parser")
let configuration: Target.Dependency = .product(name: "Configuration", package: "swift-configuration")
let nioSSL: Target.Dependency = .product(name: "NIOSSL", package: "swift-nio-ssl")
let asyncHTTPClient: Target.Dependency = .product(name: "AsyncHTTPClient", package: "async-http-client")
let crypto: Target.Dependency = .product(name: "Crypto", package: "swift-crypto")
let serviceLifecycle: Target.Dependency = .product(name: "ServiceLifecycle", package: "swift-service-lifecycle")
let unixSignals: Target.Dependency = .product(name: "UnixSignals", package: "swift-service-lifecycle")
let nioCore: Target.Dependency = .product(name: "NIOCore", package: "swift-nio")
let nioHTTP1: Target.Dependency = .product(name: "NIOHTTP1", package: "swift-nio")
let nioEmbedded: Target.Dependency = .product(name: "NIOEmbedded", package: "swift-nio")
let nioHTTPTypes: Target.Dependency = .product(name: "NIOHTTPTypes", package: "swift-nio-extras")
let nioPosix: Target.Dependency = .product(name: "NIOPosix", package: "swift-nio")
let httpTypes: Target.Dependency = .product(name: "HTTPTypes", package: "swift-http-types")
let systemPackage: Target.Dependency = .product(name: "SystemPackage", package: "swift-system")
let yams: Target.Dependency = .product(name: "Yams", package: "Yams")
let grdb: Target.Dependency = .product(name: "GRDB", package: "GRDB.swift")

let package = Package(
    name: "ClipSearch",
    products: [.executable(name: "clipsearch", targets: ["clipsearch"])],
    dependencies: [
        .package(url: "https://github.com/apple/swift-argument-parser", from: "1.5.0"),
        .package(url: "https://github.com/apple/swift-configuration", from: "1.0.0", traits: ["YAML"]),
        .package(url: "https://github.com/apple/swift-crypto", "3.12.0"..<"5.0.0"),
        .package(url: "https://github.com/apple/swift-http-types", from: "1.0.0"),
        .package(url: "https://github.com/apple/swift-log", from: "1.6.0"),
        .package(url: "https://github.com/apple/swift-nio", from: "2.80.0"),
        .package(url: "https://github.com/apple/swift-nio-extras", from: "1.20.0"),
        .package(url: "https://github.com/apple/swift-nio-ssl", from: "2.27.0"),
        .package(url: "https://github.com/apple/swift-system", from: "1.4.0"),
        .package(url: "https://github.com/groue/GRDB.swift", from: "7.0.0"),
        .package(url: "https://github.com/hummingbird-project/hummingbird", from: "2.5.0"),
        .package(url: "https://github.com/jpsim/Yams", "5.0.0"..<"7.0.0"),
        .package(url: "https://github.com/swift-server/async-http-client", from: "1.24.0"),
        .package(url: "https://github.com/swift-server/swift-service-lifecycle", from: "2.6.0"),
    ],
    // Top to bottom, as in ARCHITECTURE.md: a target may import only targets below it.
    targets: [
        .executableTarget(
            name: "clipsearch",
            dependencies: [
                "Server", "ElasticsearchAPI", "Indices", "Shards", "Query", "Mapping", "Scripts", "Inference", "Encoders",
                "ImagePreprocessing", "MatrixKernels", "Hub", "VectorBenchmark", "FieldIndex", "VectorIndex", "Ordinals",
                "Analysis", "Contents", "Threads", "JSON", "Files",
                argumentParser, configuration, asyncHTTPClient, serviceLifecycle, unixSignals, nioCore,
                nioHTTP1, nioSSL, systemPackage, yams, log,
            ],
            swiftSettings: strict),
        .target(
            name: "Server",
            dependencies: [
                "ElasticsearchAPI", "Page", "Indices", "Ingest", "Inference", "Query", "Mapping", "Scripts", "Analysis",
                "ImagePreprocessing", "Contents", "Threads", "JSON", "Files", "CZlib",
                hummingbird, hummingbirdCore, httpTypes, nioCore, nioHTTP1, nioHTTPTypes, nioPosix, asyncHTTPClient, yams, log,
            ],
            swiftSettings: strict),
        .target(
            name: "ElasticsearchAPI",
            dependencies: [
                "Indices", "Ingest", "Shards", "Query", "Mapping", "Scripts", "SQL", "Analysis", "Inference", "Encoders", "MatrixKernels",
                "Tokenizers", "ImagePreprocessing", "FieldIndex", "VectorIndex", "Contents", "JSON", "Files",
            ],
            swiftSettings: strict),
        .target(
            name: "Indices",
            dependencies: [
                "Shards", "Query", "Mapping", "Scripts", "Analysis", "FieldIndex", "Inference", "Contents", "Ordinals", "Threads", "JSON",
                "Files", crypto, log,
            ],
            swiftSettings: strict),
        .target(name: "Ingest", dependencies: ["Mapping", "Scripts", "Analysis", "JSON"], swiftSettings: strict),
        .target(
            name: "Shards",
            dependencies: [
                "Query", "Mapping", "Scripts", "Dates", "Analysis", "FieldIndex", "VectorIndex", "Ordinals", "JSON", "Files", grdb, log,
            ],
            swiftSettings: strict),
        .target(name: "Query", dependencies: ["Mapping", "Scripts", "Dates", "Analysis", "FieldIndex", "Contents", "JSON"], swiftSettings: strict),
        .target(name: "Mapping", dependencies: ["Dates", "Analysis", "FieldIndex", "JSON"], swiftSettings: strict),
        .target(name: "Analysis", dependencies: ["CStemmer"], swiftSettings: strict),
        .target(name: "Scripts", dependencies: ["Dates", "JSON"], swiftSettings: strict),
        .target(name: "SQL", swiftSettings: strict),
        .target(
            name: "Inference",
            dependencies: ["Encoders", "MatrixKernels", "Tokenizers", "ImagePreprocessing", "Contents", "Threads", "JSON", "Files", log],
            swiftSettings: strict),
        .target(name: "Encoders", dependencies: ["MatrixKernels", "JSON", "Files", "CZlib"], swiftSettings: strict),
        .target(name: "Tokenizers", dependencies: ["JSON", "Files"], swiftSettings: strict),
        .target(name: "ImagePreprocessing", dependencies: ["CImageCodecs", "JSON", "Files"], swiftSettings: strict),
        .target(
            name: "Hub", dependencies: ["JSON", "Files", crypto, asyncHTTPClient, nioCore, nioHTTP1], swiftSettings: strict),
        .target(name: "VectorBenchmark", dependencies: ["VectorIndex", "Ordinals", "JSON", "Files"], swiftSettings: strict),
        .target(name: "FieldIndex", dependencies: ["Ordinals", "VectorKernels", "Files"], swiftSettings: strict),
        .target(
            name: "VectorIndex", dependencies: ["Ordinals", "VectorKernels", "MatrixKernels", "Files", "CVectorKernels"],
            swiftSettings: strict),
        .target(name: "MatrixKernels", dependencies: ["CMatrixKernels"], swiftSettings: strict),
        .target(name: "VectorKernels", dependencies: ["CVectorKernels"], swiftSettings: strict),
        .target(name: "Page", resources: [.embedInCode("Files")], swiftSettings: strict),
        .target(name: "Contents", swiftSettings: strict),
        .target(name: "Threads", swiftSettings: strict),
        .target(name: "Ordinals", swiftSettings: strict),
        .target(name: "Dates", swiftSettings: strict),
        .target(name: "JSON", dependencies: ["CSimdJSON"], swiftSettings: strict),
        .target(name: "Files", swiftSettings: strict),

        .target(name: "CVectorKernels", cSettings: kernelFlags),
        .target(name: "CMatrixKernels", cSettings: kernelFlags),
        .target(
            name: "CImageCodecs", cSettings: kernelFlags,
            linkerSettings: [
                .linkedLibrary("jpeg"), .linkedLibrary("png"), .linkedLibrary("webp"), .linkedLibrary("webpdemux"),
                .linkedLibrary("gif"), .linkedLibrary("deflate"),
            ]),
        .target(
            name: "CSimdJSON", cxxSettings: [.unsafeFlags(["-O3"])], linkerSettings: [.linkedLibrary("simdjson")]),
        .target(name: "CZlib", cSettings: kernelFlags, linkerSettings: [.linkedLibrary("z")]),
        .target(name: "CStemmer", cSettings: kernelFlags, linkerSettings: [.linkedLibrary("stemmer")]),

        .target(name: "TestSupport", path: "Tests/TestSupport", swiftSettings: strict),
        .testTarget(
            name: "clipsearchTests",
            dependencies: [
                "TestSupport", "clipsearch", "Indices", "Query", "Inference", "Threads", "ImagePreprocessing", "JSON", "Files", argumentParser, configuration,
                hummingbird, hummingbirdCore, hummingbirdTLS, httpTypes, nioCore, nioSSL, log,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ServerTests",
            dependencies: [
                "TestSupport", "Server", "ElasticsearchAPI", "Page", "Indices", "Inference", "JSON", hummingbird, hummingbirdCore, nioCore, nioEmbedded,
                nioHTTPTypes, nioPosix, httpTypes, log,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "ElasticsearchAPITests",
            dependencies: [
                "TestSupport", "ElasticsearchAPI", "Indices", "Ingest", "Shards", "Query", "Mapping", "Scripts", "SQL", "Analysis", "Inference",
                "Encoders", "MatrixKernels",
                "ImagePreprocessing", "VectorIndex", "Contents", "JSON", "Files",
            ],
            swiftSettings: strict),
        .testTarget(
            name: "IndicesTests",
            dependencies: ["TestSupport", "Indices", "Inference", "Contents", "Shards", "Query", "Mapping", "Scripts", "Analysis", "JSON", "Files", log],
            swiftSettings: strict),
        .testTarget(
            name: "ShardsTests",
            dependencies: ["TestSupport", "Shards", "Query", "Mapping", "Scripts", "FieldIndex", "VectorIndex", "Ordinals", "JSON", grdb, log],
            swiftSettings: strict),
        .testTarget(name: "QueryTests", dependencies: ["TestSupport", "Query", "Mapping", "Analysis", "Scripts", "FieldIndex", "Contents", "JSON"], swiftSettings: strict),
        .testTarget(name: "MappingTests", dependencies: ["TestSupport", "Mapping", "Dates", "Analysis", "JSON"], swiftSettings: strict),
        .testTarget(name: "AnalysisTests", dependencies: ["TestSupport", "Analysis"], swiftSettings: strict),
        .testTarget(name: "IngestTests", dependencies: ["TestSupport", "Ingest", "Mapping", "Scripts", "JSON"], swiftSettings: strict),
        .testTarget(name: "SQLTests", dependencies: ["TestSupport", "SQL"], swiftSettings: strict),
        .testTarget(name: "ScriptsTests", dependencies: ["TestSupport", "Scripts", "JSON"], swiftSettings: strict),
        .testTarget(
            name: "InferenceTests",
            dependencies: [
                "TestSupport", "Inference", "Encoders", "MatrixKernels", "Tokenizers", "ImagePreprocessing", "Contents", "JSON", log,
            ],
            swiftSettings: strict),
        .testTarget(
            name: "EncodersTests", dependencies: ["TestSupport", "Encoders", "MatrixKernels", "JSON", "Files"],
            swiftSettings: strict),
        .testTarget(name: "MatrixKernelsTests", dependencies: ["TestSupport", "MatrixKernels"], swiftSettings: strict),
        .testTarget(name: "TokenizersTests", dependencies: ["TestSupport", "Tokenizers", "JSON"], swiftSettings: strict),
        .testTarget(
            name: "ImagePreprocessingTests", dependencies: ["TestSupport", "ImagePreprocessing", "CImageCodecs", "JSON", "Files"],
            swiftSettings: strict),
        .testTarget(name: "HubTests", dependencies: ["TestSupport", "Hub", "JSON", "Files", crypto, hummingbird, httpTypes, nioCore, log], swiftSettings: strict),
        .testTarget(name: "VectorBenchmarkTests", dependencies: ["VectorBenchmark", "VectorIndex", "Ordinals", "JSON", "Files", "TestSupport"], swiftSettings: strict),
        .testTarget(
            name: "VectorIndexTests", dependencies: ["TestSupport", "VectorIndex", "Ordinals", "VectorKernels", "CVectorKernels", "Files"], swiftSettings: strict),
        .testTarget(name: "FieldIndexTests", dependencies: ["TestSupport", "FieldIndex", "Ordinals", "Files"], swiftSettings: strict),
        .testTarget(name: "DatesTests", dependencies: ["Dates"], swiftSettings: strict),
        .testTarget(name: "ThreadsTests", dependencies: ["TestSupport", "Threads"], swiftSettings: strict),
        .testTarget(name: "OrdinalsTests", dependencies: ["TestSupport", "Ordinals"], swiftSettings: strict),
        .testTarget(name: "VectorKernelsTests", dependencies: ["VectorKernels", "CVectorKernels"], swiftSettings: strict),
        .testTarget(name: "JSONTests", dependencies: ["TestSupport", "JSON"], swiftSettings: strict),
        .testTarget(name: "FilesTests", dependencies: ["TestSupport", "Files"], swiftSettings: strict),
    ],
    cxxLanguageStandard: .cxx17
)

// Only for fuzzing, with libFuzzer's own `main`: scripts/fuzz.
if Context.environment["CLIPSEARCH_FUZZING"] != nil {
    package.targets.append(
        .executableTarget(
            name: "fuzz",
            dependencies: [
                "Server", "ElasticsearchAPI", "Indices", "Ingest", "Mapping", "Inference", "Scripts", "JSON", "Encoders", "MatrixKernels",
                "Tokenizers", "ImagePreprocessing", log,
            ],
            path: "Fuzzing",
            swiftSettings: strict))
}
