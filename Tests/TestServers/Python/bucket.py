"""A bucket seen by a client that others wrote, boto3: bucket.py make|read DESCRIPTION [FOLDER PREFIX]

DESCRIPTION is what a server script prints. `read` lists every object under PREFIX, brings its bytes to FOLDER under numbers,
and prints an array of {key, file, content_type, metadata}, metadata names in lower case.
"""
import json
import sys

import boto3
import botocore.config

command, description = sys.argv[1], json.loads(sys.argv[2])
keys = description["owner"]
client = boto3.client(
    "s3", endpoint_url=description["endpoint"], region_name=description["region"],
    aws_access_key_id=keys["access_key"], aws_secret_access_key=keys["secret_key"],
    config=botocore.config.Config(
        s3={"addressing_style": "path"}, request_checksum_calculation="when_required",
        response_checksum_validation="when_required"))
bucket = description["bucket"]


def read(folder, prefix):
    objects = []
    for page in client.get_paginator("list_objects_v2").paginate(Bucket=bucket, Prefix=prefix):
        for found in page.get("Contents", []):
            name = f"{folder}/{len(objects)}"
            answer = client.get_object(Bucket=bucket, Key=found["Key"])
            with open(name, "wb") as file:
                for piece in answer["Body"].iter_chunks(1 << 20):
                    file.write(piece)
            objects.append({
                "key": found["Key"], "file": name, "content_type": answer["ContentType"],
                "metadata": {name.lower(): value for name, value in answer["Metadata"].items()}})
    return objects


if command == "make":
    client.create_bucket(Bucket=bucket)
else:
    print(json.dumps(read(*sys.argv[3:])))
