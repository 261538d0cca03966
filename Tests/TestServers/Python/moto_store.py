"""moto's S3, IAM and STS with authentication enforced: moto_store.py FOLDER

First made are a bucket, a user who may do everything, one who may only read, and temporary credentials for a
role; from then on moto checks every signature and every permission.
"""
import json
import logging
import os
import sys
import urllib.request

import boto3
from moto.server import ThreadedMotoServer

import harness

logging.getLogger("werkzeug").setLevel(logging.ERROR)
server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
server.start()
endpoint = "http://127.0.0.1:%d" % server.get_host_and_port()[1]


def client(service):
    return boto3.client(
        service, endpoint_url=endpoint, region_name="us-east-1", aws_access_key_id="setup",
        aws_secret_access_key="setup")


def policy(**statement):
    return json.dumps({"Version": "2012-10-17", "Statement": [{"Effect": "Allow", **statement}]})


iam = client("iam")


def user(name, actions):
    iam.create_user(UserName=name)
    iam.put_user_policy(
        UserName=name, PolicyName=name, PolicyDocument=policy(Action=actions, Resource="*"))
    key = iam.create_access_key(UserName=name)["AccessKey"]
    return {"access_key": key["AccessKeyId"], "secret_key": key["SecretAccessKey"]}


def temporary(name):
    trust = policy(Action="sts:AssumeRole", Principal={"AWS": "*"})
    role = iam.create_role(RoleName=name, AssumeRolePolicyDocument=trust)["Role"]
    iam.put_role_policy(
        RoleName=name, PolicyName=name, PolicyDocument=policy(Action=["s3:*"], Resource="*"))
    keys = client("sts").assume_role(RoleArn=role["Arn"], RoleSessionName=name)["Credentials"]
    return {
        "access_key": keys["AccessKeyId"], "secret_key": keys["SecretAccessKey"],
        "session_token": keys["SessionToken"]}


client("s3").create_bucket(Bucket="mission-audit")
description = {
    "endpoint": endpoint, "region": "us-east-1", "bucket": "mission-audit",
    "owner": user("owner", ["s3:*"]), "reader": user("reader", ["s3:GetObject", "s3:ListBucket"]),
    "temporary": temporary("runner")}
enforce = urllib.request.Request(
    f"{endpoint}/moto-api/reset-auth", data=b"0", headers={"Content-Type": "text/plain"})
urllib.request.urlopen(enforce).read()
harness.serve(description, folder=sys.argv[1])
os._exit(0)  # the server's thread would keep the process
