import type { Metadata } from '@grpc/grpc-js';
import { Controller, Inject } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { CreateSiteRequest, CreateSiteResponse, CreateSwitchRequest, CreateSwitchResponse, CreateTenantRequest, CreateTenantResponse, ListSitesRequest, ListSitesResponse, ListSwitchesRequest, ListSwitchesResponse, ListTenantsRequest, ListTenantsResponse } from '@sfs/contracts';
import { contextOf } from '@sfs/grpc';
import { toSite, toSwitch, toTenant } from './topology.mapper.ts';
import { TopologyService } from './topology.service.ts';

@Controller()
export class TopologyGrpc {
  private readonly topology: TopologyService;

  constructor(@Inject(TopologyService) topology: TopologyService) {
    this.topology = topology;
  }

  @GrpcMethod('TopologyService', 'createTenant')
  async createTenant(request: CreateTenantRequest, metadata: Metadata): Promise<CreateTenantResponse> {
    return { tenant: toTenant(await this.topology.createTenant(contextOf(metadata), request)) };
  }

  @GrpcMethod('TopologyService', 'listTenants')
  async listTenants(_request: ListTenantsRequest): Promise<ListTenantsResponse> {
    return { tenants: (await this.topology.listTenants()).map(toTenant) };
  }

  @GrpcMethod('TopologyService', 'createSite')
  async createSite(request: CreateSiteRequest, metadata: Metadata): Promise<CreateSiteResponse> {
    return { site: toSite(await this.topology.createSite(contextOf(metadata), request)) };
  }

  @GrpcMethod('TopologyService', 'listSites')
  async listSites(_request: ListSitesRequest, metadata: Metadata): Promise<ListSitesResponse> {
    return { sites: (await this.topology.listSites(contextOf(metadata).tenant)).map(toSite) };
  }

  @GrpcMethod('TopologyService', 'createSwitch')
  async createSwitch(request: CreateSwitchRequest, metadata: Metadata): Promise<CreateSwitchResponse> {
    return { switch: toSwitch(await this.topology.createSwitch(contextOf(metadata), request)) };
  }

  @GrpcMethod('TopologyService', 'listSwitches')
  async listSwitches(_request: ListSwitchesRequest, metadata: Metadata): Promise<ListSwitchesResponse> {
    return { switches: (await this.topology.listSwitches(contextOf(metadata).tenant)).map(toSwitch) };
  }
}
